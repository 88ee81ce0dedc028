// A model on a graphics card: real ONNX Runtime with its WebGPU, on a card in software where there is
// one. No test can tell how fast that is elsewhere: on an H100 it was seen once, see
// docs/decisions/0026-many-cores.md.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageTower } from '../../../src/engine/embed/imageTower.ts';
import { pictureOf } from '../../../src/engine/embed/testPicture.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import { loadModel } from '../../../src/engine/models/loadModel.ts';
import { forkTransport } from '../../../src/engine/pool/forkTransport.ts';
import type { EmbeddersOptions } from '../../../src/engine/tuning/measuredEmbedders.ts';
import { type Trial, tryProvider } from '../../../src/engine/tuning/tryProvider.ts';
import { homeIn, tinyModel } from '../../support/photos.ts';
import { noSoftwareCard, plugInSoftwareCard } from '../../support/softwareCard.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { index } from '../../support/testEngine.ts';

const folder = temporaryFolder();
const model = await loadModel(tinyModel);
const options: EmbeddersOptions = {
  transport: forkTransport(),
  priority: 0,
  model,
  precision: { image: 'float32', text: 'float32' },
  preparedFolder: join(folder, 'prepared'),
  signal: new AbortController().signal,
};

/** What the processor says of the pictures that are measured with. */
async function expectedVectors(): Promise<Float32Array> {
  const tower = await openImageTower(model, { precision: 'float32', threads: 1 });
  const { size } = model.manifest.image;
  const pictures = Array.from({ length: 8 }, (_, i) => pictureOf(size, i));
  return tower.embed(pictures).finally(() => tower.close());
}

/** A card in software takes ten seconds where nothing else runs, and minutes where much does. */
const patienceMs = 150_000;
const title = `a graphics card${noSoftwareCard}`;

describe.skipIf(noSoftwareCard !== '')(title, { timeout: 2 * patienceMs }, () => {
  let unplug = () => {};
  let trial: Trial;

  beforeAll(async () => {
    trial = { expected: await expectedVectors(), toBeat: 1, patienceMs };
    unplug = plugInSoftwareCard();
  });
  afterAll(() => unplug());

  it('that says the same as the processor is measured, with more and more at once', async () => {
    const tried = await tryProvider('webgpu', trial, options);
    expect(tried).toMatchObject({ usable: true, hasAnswered: true });
    expect(tried.measurements.map(({ batch }) => batch)).toEqual([1, 8, 32]);
  });

  it('that is far slower than the processor is not measured for longer', async () => {
    const tried = await tryProvider('webgpu', { ...trial, toBeat: 1e6 }, options);
    expect(tried).toMatchObject({ usable: true });
    expect(tried.measurements.map(({ batch }) => batch)).toEqual([1]);
  });

  it('that says something else is not used, and the reason names how far off it is', async () => {
    const expected = trial.expected.map((value, i) => (i % 2 === 0 ? value : -value));
    expect(await tryProvider('webgpu', { ...trial, expected }, options)).toMatchObject({
      usable: false,
      hasAnswered: true,
      reason: expect.stringMatching(
        /^Its answers differ from the processor's \(-?[01]\.\d{3}\)\.$/,
      ),
      measurements: [],
    });
  });

  it('that takes too long is left alone', async () => {
    expect(await tryProvider('webgpu', { ...trial, patienceMs: 50 }, options)).toMatchObject({
      usable: false,
      hasAnswered: false,
      reason: 'It did not answer within 0.05 s.',
    });
  });

  it('embeds a library in which searches find what they find without it', async () => {
    const libraryWith = async (provider: 'cpu' | 'webgpu') => {
      const { dataFolder, photos } = homeIn(folder);
      const resources = { decoders: 1, embedders: 1, threads: 1, batch: 4, provider };
      const engine = await openEngine({ dataFolder, modelFolder: tinyModel, resources });
      try {
        const { indexed, stages } = await index(engine, photos);
        expect(indexed).toBe(12);
        const { hits } = await engine.call('search', { words: 'a cat', limit: 12 });
        const scores = new Map(hits.map(({ path, score }) => [path.slice(photos.length), score]));
        return { scores, embedMs: stages.embed };
      } finally {
        await engine.close();
      }
    };
    const processor = await libraryWith('cpu');
    const card = await libraryWith('webgpu');
    expect(card.scores.size).toBe(12);
    for (const [path, score] of processor.scores) {
      expect(card.scores.get(path)).toBeCloseTo(score, 3);
    }
    // In software it takes a hundred times as long: so it was the card that did it.
    expect(card.embedMs).toBeGreaterThan(processor.embedMs * 5);
  });
});
