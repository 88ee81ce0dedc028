// A decoder process.
import { serve } from '../pool/serve.ts';
import type { DecodedPhoto, DecodeJob } from './decodeJob.ts';
import { decodePhoto } from './decodePhoto.ts';

/** The same for every photo. */
export type DecoderSetUp = Omit<DecodeJob, 'path' | 'known'>;
export type DecoderJob = Pick<DecodeJob, 'path' | 'known'>;

serve<DecoderSetUp, DecoderJob, DecodedPhoto>({
  setUp: async (setUp) => (job) => decodePhoto({ ...setUp, ...job }),
});
