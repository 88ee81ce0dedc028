// Decoding alone or embedding alone, photo after photo until it is stopped: what one costs in CPU time
// where nothing else is done and nothing waits. A process of its own, which takes part in turns.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { openImageTower } from '../../../src/engine/embed/imageTower.ts';
import type { Model, Precision } from '../../../src/shared/model.ts';
import { answerJob } from '../inProcess.ts';
import { seededRandom } from '../randomNumbers.ts';
import { tellProgress } from './progress.ts';

export type BoundJob =
  | {
      readonly stage: 'decode';
      readonly model: Model;
      readonly photos: readonly string[];
      /** Progress is told after so many, or a multiple. */
      readonly atOnce: number;
      /** For thumbnails. */
      readonly folder: string;
    }
  | {
      readonly stage: 'embed';
      readonly model: Model;
      readonly precision: Precision;
      readonly batch: number;
      readonly preparedFolder: string;
    };

/** A message for every photo would be a share of what a small one costs. */
const tellEveryMs = 50;

answerJob<BoundJob, never>(async (job) => {
  const step = job.stage === 'decode' ? decoding(job) : await embedding(job);
  let photos = 0;
  let told = 0;
  for (;;) {
    photos += await step();
    if (job.stage === 'decode' && photos % job.atOnce !== 0) continue;
    if (performance.now() - told < tellEveryMs) continue;
    told = performance.now();
    const { user, system } = process.cpuUsage();
    tellProgress({ photos, cpuMs: (user + system) / 1000 });
    // Else nothing would hear that the benchmark has ended.
    await new Promise(setImmediate);
  }
});

/** Whole: reading, hash, one decode, metadata, the model's pixels, a thumbnail that is not there yet. */
function decoding(job: Extract<BoundJob, { stage: 'decode' }>): () => Promise<number> {
  const { size, resize, crop, interpolation } = job.model.manifest.image;
  const input = { size, resize, crop, interpolation };
  let thumbnailFolder = '';
  let next = 0;
  return async () => {
    const place = next++ % job.photos.length;
    if (place === 0) thumbnailFolder = await mkdtemp(join(job.folder, 'thumbnails-'));
    const path = job.photos[place] ?? '';
    await decodePhoto({ path, input, thumbnailFolder, known: [], maxPixels: 268_402_689 });
    return 1;
  };
}

async function embedding(
  job: Extract<BoundJob, { stage: 'embed' }>,
): Promise<() => Promise<number>> {
  const { model, precision, batch, preparedFolder } = job;
  const tower = await openImageTower(model, { precision, threads: 1, preparedFolder });
  const { size } = model.manifest.image;
  const random = seededRandom(1);
  const images = Array.from({ length: batch }, () =>
    Uint8Array.from({ length: size * size * 3 }, () => random() * 256),
  );
  return async () => {
    await tower.embed(images);
    return images.length;
  };
}
