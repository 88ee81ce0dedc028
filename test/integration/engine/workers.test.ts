// Worker processes that are killed while they work: nobody loses a photo by it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineApi, Progress } from '../../../src/shared/contract.ts';
import { copyModel } from '../../support/copyModel.ts';
import { drawPhotos, tinyModel } from '../../support/photos.ts';
import { slowIndexing } from '../../support/slowTransport.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { index, openTestEngine, paths, refusal, watchProgress } from '../../support/testEngine.ts';
import { waitUntil } from '../../support/waitUntil.ts';

const folder = temporaryFolder();
const photos = drawPhotos(join(folder, 'photos'), 60);
let number = 0;
let dataFolder: string;

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
});

/** See [Note: One process a core]. */
const shared = { decoders: 2, embedders: 2, threads: 1 };

/** Kills a worker of that name as soon as it is seen at work. A second one might be at the same photo. */
async function killOne(engine: EngineApi, name: string): Promise<void> {
  const seen = watchProgress(engine);
  const run = engine.call('index', { folders: [photos] });
  await waitUntil(`a ${name} is at work`, () => busy(seen.at(-1), name).length > 0);
  const [pid = 0] = busy(seen.at(-1), name);
  process.kill(pid, 'SIGKILL');
  expect(await run).toMatchObject({ outcome: 'complete', eligible: 60, indexed: 60, failed: 0 });
}

function busy(progress: Progress | undefined, name: string): number[] {
  const workers = progress?.workers ?? [];
  return workers.filter((worker) => worker.busy && worker.name.startsWith(name)).map((w) => w.pid);
}

describe('a worker that is killed', () => {
  it('while it decodes and embeds is replaced, and every photo is indexed', async () => {
    const transports = slowIndexing(/^worker/, 100);
    const engine = await openTestEngine({ dataFolder, transports, resources: shared });
    await killOne(engine, 'worker');
    expect(await paths(engine, 'anything')).toHaveLength(60);
  });

  it('while it decodes is replaced, and every photo is indexed', async () => {
    const transports = slowIndexing(/^decoder/, 100);
    const engine = await openTestEngine({ dataFolder, transports });
    await killOne(engine, 'decoder');
    expect(await paths(engine, 'anything')).toHaveLength(60);
  });

  it('while it embeds is replaced, and every photo is indexed', async () => {
    const transports = slowIndexing(/^embedder/, 300);
    const engine = await openTestEngine({ dataFolder, transports });
    await killOne(engine, 'embedder');
    expect(await paths(engine, 'anything')).toHaveLength(60);
  });
});

describe('a model that cannot be used', () => {
  it.each([
    ['by processes of its own', {}],
    ['by those that decode as well', { resources: shared }],
  ])('%s ends the run with a reason, and fails no photo', async (how, options) => {
    const model = copyModel(tinyModel, join(folder, `broken-image ${how}`));
    // The right size, so that only loading it tells.
    writeFileSync(join(model, 'vision.onnx'), Buffer.alloc(3_279_353, 1));
    const engine = await openTestEngine({ dataFolder, modelFolder: model, ...options });
    const report = await index(engine, photos);
    expect(report).toMatchObject({ outcome: 'stopped', failed: 0, indexed: 0, pending: 60 });
    expect(report.error).toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(report.error?.message).toContain('vision.onnx');
    // Once the model is whole again, the next run goes on.
    await engine.close();
    const mended = await openTestEngine({ dataFolder });
    expect(await index(mended)).toMatchObject({ outcome: 'complete', indexed: 60 });
  });

  it('for words refuses searches with a reason, and indexes all the same', async () => {
    const model = copyModel(tinyModel, join(folder, 'broken-text'));
    writeFileSync(join(model, 'text.onnx'), Buffer.alloc(13_188_092, 1));
    const engine = await openTestEngine({ dataFolder, modelFolder: model });
    const few = drawPhotos(join(folder, 'few'), 2);
    expect(await index(engine, few)).toMatchObject({ outcome: 'complete', indexed: 2 });
    const error = await refusal(engine.call('search', { words: 'dog' }));
    expect(error.code).toBe('MODEL_DAMAGED');
    expect(error.message).toContain('text.onnx');
  });
});
