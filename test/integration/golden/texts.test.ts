// From words to token ids to embeddings, against the reference. Real: tokenizer, ONNX Runtime, graph.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTextTower, type TextTower } from '../../../src/engine/embed/textTower.ts';
import { openTokenizer, type Tokenize } from '../../../src/engine/embed/tokenizer.ts';
import { dot } from '../../../src/shared/dot.ts';
import type { Model, TextTower as TextTowerManifest } from '../../../src/shared/model.ts';
import { golden, largestError, model } from './reference.ts';

const options = { precision: 'float32', threads: 1 } as const;
let tower: TextTower;
let tokenize: Tokenize;

beforeAll(async () => {
  tokenize = await openTokenizer(model);
  tower = await openTextTower(model, options);
});
afterAll(() => tower.close());

/** The fixture's model with another text tower. */
function withText(changes: Partial<TextTowerManifest>): Model {
  const text = { ...model.manifest.text, ...changes };
  return { folder: model.folder, manifest: { ...model.manifest, text } };
}

describe('token ids', () => {
  it.each(golden.texts)('of $text are the reference’s', ({ text, input_ids }) => {
    expect(tokenize([text]).ids).toEqual([input_ids]);
  });

  it('are padded to the longest text of a batch where the model wants that', async () => {
    const { tokenizer } = model.manifest.text;
    const toLongest = withText({ tokenizer: { ...tokenizer, padding: 'longest', padId: 7 } });
    const { ids, mask } = (await openTokenizer(toLongest))(['x', 'a photo of a dog']);
    expect(ids).toEqual([
      [49406, 343, 49407, 7, 7, 7, 7],
      [49406, 320, 1125, 539, 320, 1929, 49407],
    ]);
    expect(mask).toEqual([
      [1, 1, 1, 0, 0, 0, 0],
      [1, 1, 1, 1, 1, 1, 1],
    ]);
  });

  it('keep the end token however short the model reads', async () => {
    const { tokenizer } = model.manifest.text;
    const short = withText({ tokenizer: { ...tokenizer, maxTokens: 4 } });
    const { ids } = (await openTokenizer(short))(['a photo of a dog']);
    expect(ids).toEqual([[49406, 320, 1125, 49407]]);
  });

  it('of a pasted book come without delay', () => {
    const start = performance.now();
    expect(tokenize(['sunset over the sea '.repeat(100_000)]).ids[0]).toHaveLength(77);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('the embedding', () => {
  it('of each text is the reference’s', async () => {
    const vectors = await tower.embed(golden.texts.map(({ text }) => text));
    golden.texts.forEach(({ text_embed }, index) => {
      const vector = vectors.subarray(index * 64, (index + 1) * 64);
      expect(largestError(vector, text_embed)).toBeLessThan(1e-4);
    });
  });

  it('is the direction of the mean over the prompts', async () => {
    const prompts = ['{}', 'a photo of {}', '{} or {}'];
    const prompted = await openTextTower(withText({ prompts }), options);
    const both = await prompted.embed(['$& a dog', 'snow']);
    await prompted.close();
    const rows = await tower.embed(['$& a dog', 'a photo of $& a dog', '$& a dog or $& a dog']);
    const sum = Float32Array.from({ length: 64 }, (_, i) =>
      [0, 64, 128].reduce((total, start) => total + (rows[start + i] ?? 0), 0),
    );
    const cosine = dot(both.subarray(0, 64), sum) / Math.sqrt(dot(sum, sum));
    expect(cosine).toBeCloseTo(1, 5);
    expect(both).toHaveLength(128);
  });

  it('of nothing is nothing', async () => {
    expect(await tower.embed([])).toHaveLength(0);
  });
});
