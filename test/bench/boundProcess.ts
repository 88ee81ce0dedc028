// What one photo costs in CPU time, stage by stage, each alone in one process: in the fastest of many
// slices, as whatever else a machine does can only make it slower. A process of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecodeJob } from '../../src/engine/decode/decodeJob.ts';
import { decodePhoto } from '../../src/engine/decode/decodePhoto.ts';
import { openImageTower } from '../../src/engine/embed/imageTower.ts';
import type { Model, Precision } from '../../src/shared/model.ts';
import { answerJob } from './inProcess.ts';
import { seededRandom } from './randomNumbers.ts';

export type BoundJob =
  | {
      readonly stage: 'decode';
      readonly model: Model;
      readonly photos: readonly string[];
      readonly folder: string;
      readonly seconds: number;
    }
  | {
      readonly stage: 'embed';
      readonly model: Model;
      readonly precision: Precision;
      readonly batch: number;
      readonly seconds: number;
      readonly preparedFolder: string;
    };

/** CPU seconds for one photo. */
export interface StageCost {
  readonly cpuSeconds: number;
  /** Decoding only: the same where the thumbnail is there already. */
  readonly withoutThumbnail?: number;
}

answerJob<BoundJob, StageCost>((job) =>
  job.stage === 'decode' ? decodeCost(job) : embedCost(job),
);

async function decodeCost(job: Extract<BoundJob, { stage: 'decode' }>): Promise<StageCost> {
  const { size, resize, crop, interpolation } = job.model.manifest.image;
  const input = { size, resize, crop, interpolation };
  const decodeAll = async (thumbnailFolder: string) => {
    const common: Omit<DecodeJob, 'path'> = {
      input,
      thumbnailFolder,
      known: [],
      maxPixels: 268_402_689,
    };
    for (const path of job.photos) await decodePhoto({ ...common, path });
    return job.photos.length;
  };
  const inFreshFolder = async (work: (folder: string) => Promise<StageCost>) => {
    const folder = await mkdtemp(join(job.folder, 'thumbnails-'));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  // Once to warm up; then rounds that write thumbnails and rounds that find them written.
  await inFreshFolder(async (folder) => ({ cpuSeconds: await decodeAll(folder) }));
  const costs: StageCost[] = [];
  let spent = 0;
  while (spent < job.seconds || costs.length === 0) {
    costs.push(
      await inFreshFolder(async (folder) => {
        const cpuSeconds = await cpuPerPhoto(() => decodeAll(folder));
        const withoutThumbnail = await cpuPerPhoto(() => decodeAll(folder));
        spent += (cpuSeconds + withoutThumbnail) * job.photos.length;
        return { cpuSeconds, withoutThumbnail };
      }),
    );
  }
  return {
    cpuSeconds: Math.min(...costs.map((cost) => cost.cpuSeconds)),
    withoutThumbnail: Math.min(...costs.map((cost) => cost.withoutThumbnail ?? 0)),
  };
}

const sliceMs = 500;

async function embedCost(job: Extract<BoundJob, { stage: 'embed' }>): Promise<StageCost> {
  const tower = await openImageTower(job.model, {
    precision: job.precision,
    threads: 1,
    preparedFolder: job.preparedFolder,
  });
  const { size } = job.model.manifest.image;
  const random = seededRandom(1);
  const images = Array.from({ length: job.batch }, () =>
    Uint8Array.from({ length: size * size * 3 }, () => random() * 256),
  );
  for (let i = 0; i < 3; i++) await tower.embed(images);
  const end = performance.now() + job.seconds * 1000;
  const slice = async () => {
    const sliceEnd = performance.now() + sliceMs;
    let photos = 0;
    do {
      await tower.embed(images);
      photos += images.length;
    } while (performance.now() < sliceEnd);
    return photos;
  };
  const slices: number[] = [];
  while (performance.now() < end) slices.push(await cpuPerPhoto(slice));
  await tower.close();
  return { cpuSeconds: Math.min(...slices) };
}

/** @param work answers how many photos it dealt with. */
async function cpuPerPhoto(work: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage();
  const photos = await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / photos;
}
