// What two precisions of a model have in common, and when that is too little.
import { describe, expect, it } from 'vitest';
import {
  compareEmbeddings,
  type Embeddings,
} from '../../../src/engine/precision/compareEmbeddings.ts';
import { agreementText, agrees, int8Text } from '../../../src/shared/agreement.ts';
import { seededNoise } from '../../bench/randomNumbers.ts';

const dimensions = 64;
const reference: Embeddings = { photos: drawn(120, 1), words: drawn(40, 2) };

function drawn(count: number, seed: number): Float32Array[] {
  const noise = seededNoise(seed);
  return Array.from({ length: count }, () =>
    unit(Float32Array.from({ length: dimensions }, noise)),
  );
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Each number moved by about `by` of what it is likely to be. */
function moved(vectors: readonly Float32Array[], by: number): Float32Array[] {
  const noise = seededNoise(3);
  const step = by / Math.sqrt(dimensions);
  return vectors.map((vector) => unit(vector.map((value) => value + step * noise())));
}

function withPhotos(photos: readonly Float32Array[]): Embeddings {
  return { photos, words: reference.words };
}

describe('two precisions of a model', () => {
  it('agree in everything where they answer the same', async () => {
    const agreement = await compareEmbeddings(reference, reference);
    expect(agreement.recall).toEqual({ words: 1, photos: 1 });
    expect(agreement.image.least).toBeCloseTo(1, 6);
    expect(agreement.text.mean).toBeCloseTo(1, 6);
    expect(agreement).toMatchObject({ photos: 120, words: 40 });
    expect(agrees(agreement)).toBe(true);
  });

  it('agree where rounding hardly changes what is found', async () => {
    const agreement = await compareEmbeddings(reference, withPhotos(moved(reference.photos, 0.01)));
    expect(agreement.image.mean).toBeGreaterThan(0.9998);
    expect(agreement.recall.words).toBeLessThan(1);
    expect(agrees(agreement)).toBe(true);
  });

  it('do not agree where noise exchanges the photos that are found', async () => {
    const noisy = await compareEmbeddings(reference, withPhotos(moved(reference.photos, 0.3)));
    expect(noisy.image.mean).toBeLessThan(0.98);
    expect(noisy.text.least).toBeCloseTo(1, 6);
    expect(noisy.recall.words).toBeLessThan(0.9);
    expect(agrees(noisy)).toBe(false);
  });

  it('do not agree where only words, or only photos, find others', async () => {
    const strangers = drawn(40, 4);
    const words = await compareEmbeddings(reference, { ...reference, words: strangers });
    expect(words.recall.photos).toBe(1);
    expect(words.recall.words).toBeLessThan(0.3);
    expect(agrees(words)).toBe(false);

    const recall = { words: 1, photos: 0.94 };
    expect(agrees({ ...words, recall })).toBe(false);
  });

  it('do not agree where one knows the photos in another order', async () => {
    const turned = await compareEmbeddings(reference, withPhotos(reference.photos.toReversed()));
    expect(Math.abs(turned.image.mean)).toBeLessThan(0.1);
    expect(agrees(turned)).toBe(false);
  });

  it('agree at 0.95, and not at a hair below', async () => {
    // Photos ever further from one word and nearer to the other: the order is known. The tenth and
    // the eleventh change places, which costs the one word a photo of ten, and the other none.
    const at = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));
    const photos = Array.from({ length: 31 }, (_, i) => at(0.01 + i * 0.05));
    const exchanged = photos.with(9, at(0.51)).with(10, at(0.46));
    const asked = async (ofOne: number, ofOther: number) => {
      const one = Array.from({ length: ofOne }, () => at(0));
      const words = [...one, ...Array.from({ length: ofOther }, () => at(Math.PI / 2))];
      return (await compareEmbeddings({ photos, words }, { photos: exchanged, words })).recall;
    };
    expect((await asked(1, 0)).words).toBe(0.9);
    expect((await asked(0, 1)).words).toBe(1);
    const agreement = await compareEmbeddings(reference, reference);
    const even = { ...agreement, recall: { words: (await asked(32, 32)).words, photos: 1 } };
    expect(agrees(even)).toBe(true);
    const odd = { ...agreement, recall: { words: (await asked(33, 31)).words, photos: 1 } };
    expect(agrees(odd)).toBe(false);
    expect(agreementText(odd)).toContain('0.948');
  });

  it('cannot be compared on so few photos that any ranking finds them', async () => {
    const few = withPhotos(reference.photos.slice(0, 12));
    await expect(compareEmbeddings(few, few)).rejects.toThrow('Expected 30 photos or more');
  });
});

describe('the figures as people read them', () => {
  const agreement = {
    image: { mean: 0.99987, least: 0.99912 },
    text: { mean: 0.9993, least: 0.999 },
    recall: { words: 0.94999, photos: 0.9826 },
    photos: 120,
    words: 64,
  };

  it('never look as if they had passed where they have not', () => {
    expect(agrees(agreement)).toBe(false);
    expect(agreementText(agreement)).toBe(
      'recall@10 0.949 by words and 0.982 by photos; cosine of photos 0.9999 (least 0.9991), of words 0.9993 (least 0.9990)',
    );
  });

  it('say whether int8 may be used, and why not', () => {
    expect(int8Text({ state: 'compared', agreement })).toMatch(
      /^int8 is not used: recall@10 0\.949 .*; 0\.95 is asked for$/,
    );
    const good = { ...agreement, recall: { words: 0.95, photos: 1 } };
    expect(int8Text({ state: 'compared', agreement: good })).toMatch(/^int8 may be used: /);
    expect(int8Text({ state: 'alone' })).toContain('no float32');
    expect(int8Text({ state: 'untried' })).toContain('when it is first asked for');
  });
});
