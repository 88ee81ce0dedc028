// The processes of a run: one kind that decodes and embeds, or one for each; changed while they work.
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadModel } from '../../../src/engine/models/loadModel.ts';
import { choosePrecision } from '../../../src/engine/pools.ts';
import type { Effort } from '../../../src/engine/resources.ts';
import { forkTransports } from '../../../src/engine/transports.ts';
import { PhotoWorkers } from '../../../src/engine/workers/photoWorkers.ts';
import { areShared, type Resources } from '../../../src/shared/tuning.ts';
import { tinyModel, tinyPhotoNames, tinyPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { isAlive, waitUntil } from '../../support/waitUntil.ts';

const folder = temporaryFolder();
const model = await loadModel(tinyModel);
const begun: PhotoWorkers[] = [];

afterAll(() => {
  for (const workers of begun) workers.close();
});

function effort(resources: Partial<Resources>): Effort {
  const usual = { decoders: 2, embedders: 2, threads: 1, batch: 8, provider: 'cpu' } as const;
  return { speed: 'full', resources: { ...usual, ...resources }, priority: 5 };
}

function start(resources: Partial<Resources>): PhotoWorkers {
  const workers = new PhotoWorkers(
    {
      transports: forkTransports().indexing,
      model,
      precision: choosePrecision(model),
      thumbnailFolder: join(folder, 'thumbnails'),
      preparedFolder: join(folder, 'prepared'),
      onPhotosEach: () => {},
    },
    effort(resources),
  );
  begun.push(workers);
  return workers;
}

/** The way of twelve photos, and what came of them. */
async function work(workers: PhotoWorkers): Promise<number[]> {
  const decoded = await Promise.all(
    tinyPhotoNames.map((name) => workers.decode({ path: join(tinyPhotos, name), known: [] })),
  );
  const images = decoded.flatMap(({ image }) => image?.pixels ?? []);
  const { vectors } = await workers.embed({ images }, 2);
  return [...vectors];
}

function kindsOf(workers: PhotoWorkers): string[] {
  return [...new Set(workers.states().map(({ name }) => name.replace(/ \d+$/, '')))];
}

describe('the processes of a run', () => {
  it('are of one kind on the processor, and of two where others are to be beside each other', () => {
    expect(areShared(effort({}).resources)).toBe(true);
    expect(areShared(effort({ decoders: 4 }).resources)).toBe(false);
    expect(areShared(effort({ embedders: 1, decoders: 1, threads: 4 }).resources)).toBe(false);
    expect(areShared(effort({ provider: 'webgpu' }).resources)).toBe(false);
  });

  it('make the same of photos, whatever kind they are', async () => {
    const [shared, separate] = [start({}), start({ embedders: 1 })];
    const vectors = await work(shared);
    expect(vectors).toHaveLength(12 * model.manifest.dimensions);
    expect(await work(separate)).toEqual(vectors);
    expect([kindsOf(shared), kindsOf(separate)]).toEqual([['worker'], ['decoder', 'embedder']]);
    expect([shared.queues, separate.queues]).toEqual(Array(2).fill({ decode: 0, embed: 0 }));
  });

  it('may become others while they work, and finish what they have', async () => {
    const workers = start({});
    const expected = await work(workers);
    const pids = workers.states().map(({ pid }) => pid);
    const under = work(workers);
    workers.change(effort({ embedders: 1 }));
    expect(kindsOf(workers)).toEqual(['worker', 'decoder', 'embedder']);
    expect(await under).toEqual(expected);
    await waitUntil('those of the first kind have ended', async () => {
      const alive = await Promise.all(pids.map((pid) => isAlive(pid)));
      return !alive.includes(true) && kindsOf(workers).join() === 'decoder,embedder';
    });
    workers.change(effort({}));
    expect(await work(workers)).toEqual(expected);
    expect(kindsOf(workers)).toEqual(['worker']);
  });

  it('lose no job when one is killed', async () => {
    const workers = start({});
    const expected = await work(workers);
    const under = work(workers);
    process.kill(workers.states()[0]?.pid ?? 0, 'SIGKILL');
    expect(await under).toEqual(expected);
  });
});
