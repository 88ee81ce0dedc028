// A process that decodes photos and embeds them, one or the other at a time (sharedCrew.ts).
import {
  type DecoderAnswer,
  type DecoderJob,
  type DecoderSetUp,
  photoDecoder,
} from '../decode/photoDecoder.ts';
import {
  type Embedded,
  type EmbedderJob,
  type EmbedderSetUp,
  embedder,
} from '../embed/embedder.ts';
import { serve } from '../pool/serve.ts';

export interface PhotoWorkerSetUp {
  readonly decoder: DecoderSetUp;
  readonly embedder: EmbedderSetUp;
}

export type PhotoWorkerJob = DecoderJob | EmbedderJob;
export type PhotoWorkerAnswer = DecoderAnswer | Embedded;

serve<PhotoWorkerSetUp, PhotoWorkerJob, PhotoWorkerAnswer>({
  foresee(job) {
    if ('path' in job) photoDecoder.foresee?.(job);
  },
  async setUp(setUp) {
    const decode = await photoDecoder.setUp(setUp.decoder);
    const embed = await embedder.setUp(setUp.embedder);
    return (job) => ('path' in job ? decode(job) : embed(job));
  },
});
