// A decoder process.
import { serve } from '../pool/serve.ts';
import { photoDecoder } from './photoDecoder.ts';

serve(photoDecoder);
