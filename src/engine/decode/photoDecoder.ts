// What a process does that decodes photos: worker.ts, and workers/photoWorker.ts,
// which embeds them as well.
import type { WorkerBody } from '../pool/serve.ts';
import { type Slot, writeSlot } from '../pool/slotFile.ts';
import type { DecodedPhoto, DecodeJob } from './decodeJob.ts';
import { decodePhoto } from './decodePhoto.ts';
import { ReadAhead } from './readAhead.ts';
import { release } from './release.ts';

/** The same for every photo. */
export type DecoderSetUp = Omit<DecodeJob, 'path' | 'known'>;
export type DecoderJob = Pick<DecodeJob, 'path' | 'known'> & {
  /** Where the pixels are to be left; without it they are in the answer. */
  readonly slot?: Slot;
};
export type DecoderAnswer = DecodedPhoto<Uint8Array | Slot>;

const files = new ReadAhead();
const read = (path: string) => files.read(path);

export const photoDecoder: WorkerBody<DecoderSetUp, DecoderJob, DecoderAnswer> = {
  foresee: ({ path }) => void files.begin(path),
  setUp:
    async (setUp) =>
    async ({ slot, ...job }) => {
      const decoded = await decodePhoto({ ...setUp, ...job }, { read });
      const { image } = decoded;
      if (!image || !slot || !writeSlot(slot, image.pixels)) return decoded;
      release(image.pixels);
      return { ...decoded, image: { ...image, pixels: slot } };
    },
};
