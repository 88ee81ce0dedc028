// HEIC, decoded by libheif in a thread: two pictures made for this project, and where they lie beside
// it, photographs of telephones.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { convertedPicture } from '../../../src/engine/decode/convertedPicture.ts';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { heicPixels } from '../../../src/engine/decode/heic/heicPixels.ts';
import { plainTiff } from '../../../src/engine/decode/heic/plainTiff.ts';
import { type Pixels, shrunk } from '../../../src/engine/decode/heic/shrunk.ts';
import { repository, sharedPhotos, tinyPhotos } from '../../support/photos.ts';
import {
  decodeContent,
  difference,
  imageOf,
  jobFor,
  pixelAt,
  refusal,
  solid,
  temporaryFolder,
} from './helpers.ts';

const folder = temporaryFolder();
const fixtures = join(repository, 'test/fixtures/heic');
const coffee = readFileSync(join(fixtures, 'coffee.heic'));
const turned = join(fixtures, 'turned.heic');
const phones = sharedPhotos('camera/heic/mobile');
const maxPixels = 268_000_000;

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? Number.NaN)), 0) / a.length;
}

describe('a HEIC photo', () => {
  it('is seen as the picture that it was made of', async () => {
    const image = imageOf(await decodeContent(folder, 'coffee.heic', coffee));
    const original = imageOf(await decodePhoto(jobFor(folder, join(tinyPhotos, 'coffee.png'))));
    expect(image).toMatchObject({ format: 'heic', width: 600, height: 400, orientation: 1 });
    expect(meanDifference(image.pixels, original.pixels)).toBeLessThan(3);
  });

  it('is upright and in sRGB: its container turns it, its profile tells other colours', async () => {
    const image = imageOf(await decodePhoto(jobFor(folder, turned)));
    expect(image).toMatchObject({ width: 300, height: 400, orientation: 1 });
    const { icc: profile } = await sharp(turned).metadata();
    const wide: Pixels = { width: 1, height: 1, data: new Uint8Array([200, 40, 40]) };
    const expected = await sharp(plainTiff(wide, profile)).toColourspace('srgb').raw().toBuffer();
    expect(difference([...expected], [200, 40, 40])).toBeGreaterThan(10);
    expect(difference(pixelAt(image, 112, 20), [...expected])).toBeLessThanOrEqual(4);
    expect(difference(pixelAt(image, 112, 204), [0, 0, 255])).toBeLessThanOrEqual(6);
  });

  it.each([0.02, 0.2, 0.6, 0.99])('of which %d is there is damaged', async (share) => {
    const cut = coffee.subarray(0, coffee.length * share);
    const error = await refusal(decodeContent(folder, 'cut.heic', cut));
    expect(error.code).toBe('IMAGE_DAMAGED');
    expect(error.message).toContain('cut.heic');
  });

  it('of too many pixels is refused before it is decoded', async () => {
    const work = decodeContent(folder, 'coffee.heic', coffee, { maxPixels: 600 * 399 });
    expect((await refusal(work)).code).toBe('IMAGE_TOO_LARGE');
  });

  it('is decoded beside another, and after one that is damaged', async () => {
    const cut = decodeContent(folder, 'cut.heic', coffee.subarray(0, 9999));
    const others = [decodeContent(folder, 'a.heic', coffee), decodePhoto(jobFor(folder, turned))];
    expect((await refusal(cut)).code).toBe('IMAGE_DAMAGED');
    const widths = (await Promise.all(others)).map((photo) => imageOf(photo).width);
    expect(widths).toEqual([600, 300]);
    expect(imageOf(await decodeContent(folder, 'b.heic', coffee)).width).toBe(600);
  });

  it('is shown by browsers as an upright JPEG', async () => {
    const shown = await sharp(await convertedPicture(turned, maxPixels)).metadata();
    expect(shown).toMatchObject({ format: 'jpeg', width: 300, height: 400 });
    expect(shown.orientation).toBeUndefined();
  });
});

describe.skipIf(phones === undefined)(
  `a photo of a telephone${phones ? '' : ' (left out: the collection is not on this machine)'}`,
  () => {
    const named = (name: string) => join(phones ?? '', name);

    it('is decoded with what its camera says', async () => {
      const image = imageOf(await decodePhoto(jobFor(folder, named('iphone_13_pro_max.HEIC'))));
      expect(image).toMatchObject({
        ...{ width: 3024, height: 4032, cameraModel: 'iPhone 13 Pro Max' },
        takenAt: '2022-02-16T12:55:41+01:00',
      });
    }, 60_000);

    it('is decoded whatever telephone it is of', async () => {
      const names = readdirSync(phones ?? '');
      expect(names.length).toBeGreaterThan(2);
      for (const name of names) {
        const image = imageOf(await decodePhoto(jobFor(folder, named(name))));
        expect(image.format).toBe('heic');
      }
    }, 60_000);

    it('that lacks some of its tiles is damaged, though the rest could be shown', async () => {
      const content = readFileSync(named('iphone_13_pro_max.HEIC'));
      const cut = content.subarray(0, content.length * 0.7);
      const error = await refusal(decodeContent(folder, 'cut.heic', cut));
      expect(error.code).toBe('IMAGE_DAMAGED');
    }, 60_000);
  },
);

describe('pixels', () => {
  it('become the mean of their square; what makes no whole one is left out', () => {
    const padded = { width: 5, height: 3, stride: 16, data: new Uint8Array(48) };
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < 5; x++) padded.data.fill(10 * x + y, y * 16 + x * 3, y * 16 + x * 3 + 3);
    }
    const { width, height, data } = shrunk(padded, 2);
    // (0 + 10 + 1 + 11) / 4 is 5.5, and the next two columns are 20 more.
    expect({ width, height, data: [...data] }).toEqual({
      ...{ width: 2, height: 1 },
      data: [6, 6, 6, 26, 26, 26],
    });
    expect([...shrunk(padded, 1).data.subarray(0, 9)]).toEqual([0, 0, 0, 10, 10, 10, 20, 20, 20]);
  });

  it.each([
    [1, 1],
    [301, 64],
    [33, 65],
    [7, 1000],
  ])('of %d × %d come out of a plain TIFF as they went in', async (width, height) => {
    const data = new Uint8Array(width * height * 3).map((_, i) => (i * 7919) % 251);
    const { data: read } = await sharp(plainTiff({ width, height, data }))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(Buffer.compare(read, data)).toBe(0);
  });

  it('are as many as the side asks for', async () => {
    const { width, height, data } = await heicPixels(coffee, 4);
    expect({ width, height, bytes: data.length }).toEqual({
      ...{ width: 150, height: 100 },
      bytes: 150 * 100 * 3,
    });
  });
});

it('a TIFF is shown by browsers as a JPEG; what is no picture is refused', async () => {
  const tiff = join(folder, 'a.tif');
  await solid(40, 30, [200, 40, 40]).tiff().toFile(tiff);
  const shown = await sharp(await convertedPicture(tiff, maxPixels)).metadata();
  expect(shown).toMatchObject({ format: 'jpeg', width: 40, height: 30 });
  const text = join(repository, 'package.json');
  expect((await refusal(convertedPicture(text, maxPixels))).code).toBe('NOT_AN_IMAGE');
});
