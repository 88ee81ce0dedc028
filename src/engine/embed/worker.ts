// An embedder process.
import { serve } from '../pool/serve.ts';
import { embedder } from './embedder.ts';

serve(embedder);
