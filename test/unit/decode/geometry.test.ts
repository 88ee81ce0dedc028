// The rules of sizes, apart from any image.
import { describe, expect, it } from 'vitest';
import {
  decodeSize,
  fitInside,
  modelFrame,
  shrinkFor,
} from '../../../src/engine/decode/geometry.ts';
import { input } from './helpers.ts';

describe('the model frame', () => {
  it('scales the shorter side and cuts the centre as the reference does', () => {
    // int(640 × 224 / 427) = 335; (335 − 224) / 2 = 55.5, to even: 56
    const landscape = { width: 335, height: 224, left: 56, top: 0 };
    expect(modelFrame({ width: 640, height: 427 }, input)).toEqual(landscape);
    const portrait = { width: 224, height: 335, left: 0, top: 56 };
    expect(modelFrame({ width: 427, height: 640 }, input)).toEqual(portrait);
    // (297 − 224) / 2 = 36.5, to even: 36
    expect(modelFrame({ width: 400, height: 301 }, input)).toMatchObject({ width: 297, left: 36 });
    expect(modelFrame({ width: 512, height: 512 }, input)).toMatchObject({ width: 224, left: 0 });
  });

  it('is the square itself where the model squashes', () => {
    const square = { width: 224, height: 224, left: 0, top: 0 };
    const image = { width: 640, height: 427 };
    expect(modelFrame(image, { ...input, resize: 'squash' })).toEqual(square);
    expect(modelFrame(image, { ...input, crop: 'none' })).toEqual(square);
  });
});

describe('the decoded size', () => {
  it('is the photo itself up to a few megapixels', () => {
    for (const image of [
      { width: 500, height: 375 },
      { width: 1411, height: 1411 },
      { width: 8000, height: 300 },
    ]) {
      expect(decodeSize(image, input, 512)).toEqual(image);
    }
  });

  it('is that of the thumbnail for photos from cameras', () => {
    expect(decodeSize({ width: 6000, height: 4000 }, input, 512)).toEqual({
      width: 512,
      height: 341,
    });
    expect(decodeSize({ width: 3024, height: 4032 }, input, 512)).toEqual({
      width: 384,
      height: 512,
    });
  });

  it('leaves room for larger models and for panoramas', () => {
    const large = decodeSize({ width: 6000, height: 4000 }, { ...input, size: 384 }, 512);
    expect(large).toEqual({ width: 864, height: 576 });
    const panorama = decodeSize({ width: 9000, height: 2000 }, input, 512);
    expect(panorama).toEqual({ width: 1512, height: 336 });
  });
});

describe('fitting inside', () => {
  it('keeps the ratio, enlarges nothing and never reaches zero', () => {
    expect(fitInside({ width: 1500, height: 1000 }, 512)).toEqual({ width: 512, height: 341 });
    expect(fitInside({ width: 30, height: 20 }, 512)).toEqual({ width: 30, height: 20 });
    expect(fitInside({ width: 30_000, height: 3 }, 512)).toEqual({ width: 512, height: 1 });
  });
});

it.each([
  [399, 1],
  [400, 2],
  [799, 2],
  [800, 4],
  [1600, 8],
])('of an image of %d for one of 100 squares of %d pixels become one', (side, expected) => {
  expect(shrinkFor({ width: side, height: 9999 }, { width: 100, height: 100 })).toBe(expected);
  expect(shrinkFor({ width: 9999, height: side }, { width: 100, height: 100 })).toBe(expected);
});
