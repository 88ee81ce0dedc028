// Prepared graphs: they answer as the tower's file does, and nothing depends on their being there.
// Real: ONNX Runtime, the fixture's model, worker processes, the disk.
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGraph } from '../../../src/engine/embed/graph/onnxGraph.ts';
import { inMemory } from '../../../src/engine/embed/graph/protoFields.ts';
import { writeGraph } from '../../../src/engine/embed/graph/writeGraph.ts';
import { openImageTower } from '../../../src/engine/embed/imageTower.ts';
import { graphFile, preparedGraphFolder } from '../../../src/engine/embed/preparedGraph.ts';
import { prepareTower } from '../../../src/engine/embed/prepareTower.ts';
import { openTextTower } from '../../../src/engine/embed/textTower.ts';
import { loadModel } from '../../../src/engine/models/loadModel.ts';
import { forkTransport } from '../../../src/engine/pool/forkTransport.ts';
import type { Transport } from '../../../src/engine/pool/transport.ts';
import { prepareModel } from '../../../src/engine/prepareModel.ts';
import type { Model } from '../../../src/shared/model.ts';
import { copyModel } from '../../support/copyModel.ts';
import { tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const model = await loadModel(tinyModel);
const float32 = { image: 'float32', text: 'float32' } as const;
const pixels = Uint8Array.from({ length: model.manifest.image.size ** 2 * 3 }, (_, i) => i % 251);

async function imageVector(preparedFolder?: string): Promise<Float32Array> {
  const prepared = preparedFolder === undefined ? {} : { preparedFolder };
  const tower = await openImageTower(model, { precision: 'float32', threads: 1, ...prepared });
  return tower.embed([pixels]).finally(() => tower.close());
}

async function textVector(preparedFolder?: string): Promise<Float32Array> {
  const prepared = preparedFolder === undefined ? {} : { preparedFolder };
  const tower = await openTextTower(model, { precision: 'float32', threads: 1, ...prepared });
  return tower.embed(['a red boat']).finally(() => tower.close());
}

function expectSame(a: Float32Array, b: Float32Array): void {
  expect(a.length).toBe(b.length);
  a.forEach((value, i) => void expect(value).toBeCloseTo(b[i] ?? Number.NaN, 5));
}

/** Prepares both towers as the engine does before a run; whether there was something to do. */
async function prepare(
  folder: string,
  of: Model = model,
  transport: Transport = forkTransport(),
): Promise<boolean> {
  let began = false;
  await prepareModel({
    ...{ transport, priority: 0, model: of, precision: float32, folder },
    worthFrom: 0,
    signal: new AbortController().signal,
    onBegin: () => {
      began = true;
    },
  });
  return began;
}

describe('a prepared graph', () => {
  it('answers as the file that it was made of', async () => {
    const folder = temporaryFolder();
    await prepare(folder);
    expect(readdirSync(folder).filter((name) => name.startsWith('tiny-clip-'))).toHaveLength(2);
    expectSame(await imageVector(folder), await imageVector());
    expectSame(await textVector(folder), await textVector());
  });

  it('is what is opened where it is there: weights lie beside the graph', async () => {
    const folder = temporaryFolder();
    await prepareTower({ model, tower: 'image', precision: 'float32', folder });
    const place = preparedGraphFolder(folder, model, 'image', 'float32');
    expect(readdirSync(place).sort()).toEqual(['graph.onnx', 'graph.onnx.weights']);
    // With other weights in its place the answer is another one.
    const weights = readFileSync(`${graphFile(place)}.weights`);
    writeFileSync(`${graphFile(place)}.weights`, Buffer.from(weights).fill(1, 0, 4096));
    const answer = await imageVector(folder).catch(() => new Float32Array(0));
    expect([...answer]).not.toEqual([...(await imageVector())]);
  });

  it('is made of a simplified file, which is not kept', async () => {
    const folder = temporaryFolder();
    await prepareTower({ model, tower: 'image', precision: 'float32', folder });
    const place = preparedGraphFolder(folder, model, 'image', 'float32');
    expect(readFileSync(graphFile(place)).includes('/first of -3')).toBe(true);
    expect(readdirSync(folder)).toEqual([basename(place)]);
  });

  it('is made of the file itself where a simplified one does not open', async () => {
    const folder = temporaryFolder();
    const other = copyModel(tinyModel, join(folder, 'model'));
    const tower = join(other, 'vision.onnx');
    const bytes = readFileSync(join(tinyModel, 'vision.onnx'));
    const nodes = readGraph(inMemory(bytes))?.nodes ?? [];
    // The names that simplifying gives to what it adds are taken.
    const names = nodes.flatMap(({ outputs }) => outputs.map((name) => `${name}/first of -2`));
    const lists = new Map(names.map((name) => [name, [0]]));
    await writeGraph(join(tinyModel, 'vision.onnx'), inMemory(bytes), { nodes, lists }, tower);
    const prepared = join(folder, 'prepared');
    const taken = { folder: other, manifest: model.manifest };
    await prepareTower({ model: taken, tower: 'image', precision: 'float32', folder: prepared });
    const place = preparedGraphFolder(prepared, taken, 'image', 'float32');
    expect(readFileSync(graphFile(place)).includes('/first of -3')).toBe(false);
    expectSame(await imageVector(prepared), await imageVector());
  });

  it('is made once: a second time there is nothing to do', async () => {
    const folder = temporaryFolder();
    expect(await prepare(folder)).toBe(true);
    expect(await prepare(folder)).toBe(false);
  });

  it('is not missed where it is damaged', async () => {
    const folder = temporaryFolder();
    await prepareTower({ model, tower: 'image', precision: 'float32', folder });
    writeFileSync(graphFile(preparedGraphFolder(folder, model, 'image', 'float32')), 'no graph');
    expectSame(await imageVector(folder), await imageVector());
  });

  it('takes the place of one for another processor, and of what a killed process left', async () => {
    const folder = temporaryFolder();
    for (const name of ['tiny-clip-image-float32-0123456789abcdef', 'making-XyZ123']) {
      mkdirSync(join(folder, name));
    }
    await prepareTower({ model, tower: 'image', precision: 'float32', folder });
    const place = preparedGraphFolder(folder, model, 'image', 'float32');
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([place]);
  });

  it('of a damaged tower is given up for good, with the reason beside it', async () => {
    const folder = temporaryFolder();
    const manifest = { ...model.manifest, id: 'broken' };
    await prepare(folder, { folder: temporaryFolder(), manifest });
    const place = preparedGraphFolder(folder, { ...model, manifest }, 'image', 'float32');
    expect(readFileSync(join(place, 'unusable.txt'), 'utf8')).toMatch(/^MODEL_MISSING: /);
    expect(readdirSync(folder).some((name) => name.startsWith('making-'))).toBe(false);
  });

  it('that takes its process down is given up as well, and nothing of it stays on the disk', async () => {
    const folder = temporaryFolder();
    const begun: string[] = [];
    const killing: Transport = {
      start(...options) {
        const child = forkTransport().start(...options);
        const watcher = watch(folder, (_event, name) => {
          if (!name?.startsWith('making-') || !existsSync(join(folder, name))) return;
          begun.push(name);
          child.kill();
          watcher.close();
        });
        return child;
      },
    };
    await prepare(folder, model, killing);
    expect(begun).toHaveLength(2);
    for (const tower of ['image', 'text'] as const) {
      const place = preparedGraphFolder(folder, model, tower, 'float32');
      expect(readFileSync(join(place, 'unusable.txt'), 'utf8')).toMatch(/^EMBEDDER_DIED: /);
    }
    expect(readdirSync(folder)).toHaveLength(2);
    expectSame(await imageVector(folder), await imageVector());
  });
});
