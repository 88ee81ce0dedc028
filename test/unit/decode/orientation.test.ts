// All eight EXIF orientations show the same picture: drawn ones, and real photos where they are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { type Raster, upright } from '../../../src/engine/decode/raster.ts';
import { decodeContent, imageOf, jobFor, solid, temporaryFolder } from './helpers.ts';

const folder = temporaryFolder();
const photos = fileURLToPath(new URL('../../../../shared/photos/orientation', import.meta.url));

/** What has to be done to the upright picture so that orientation n makes it upright again. */
const undo: Record<number, (raster: Raster) => Promise<Raster>> = {
  1: (raster) => upright(raster, 1),
  2: (raster) => upright(raster, 2),
  3: (raster) => upright(raster, 3),
  4: (raster) => upright(raster, 4),
  5: (raster) => upright(raster, 5),
  6: (raster) => upright(raster, 8),
  7: (raster) => upright(raster, 7),
  8: (raster) => upright(raster, 6),
};

async function quarters(width: number, height: number): Promise<Raster> {
  const part = { width: width / 2, height: height / 2 };
  const tile = (r: number, g: number, b: number) =>
    solid(part.width, part.height, [r, g, b]).png().toBuffer();
  const data = await solid(width, height, [255, 255, 255])
    .composite([
      { input: await tile(255, 0, 0), left: 0, top: 0 },
      { input: await tile(0, 255, 0), left: part.width, top: 0 },
      { input: await tile(0, 0, 255), left: 0, top: part.height },
    ])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data, width, height };
}

describe('EXIF orientation', () => {
  it('agrees with the tag as sharp reads it', async () => {
    const raster = await quarters(60, 40);
    for (let orientation = 1; orientation <= 8; orientation++) {
      const { data, width, height } = raster;
      const tagged = await sharp(data, { raw: { width, height, channels: 3 } })
        .withMetadata({ orientation })
        .png()
        .toBuffer();
      const theirs = await sharp(tagged).autoOrient().raw().toBuffer();
      const ours = await upright(raster, orientation);
      expect(`${orientation}: ${Buffer.compare(ours.data, theirs)}`).toBe(`${orientation}: 0`);
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i is undone, small and scaled while decoding', async (n) => {
    for (const [width, height] of [
      [480, 320],
      [2400, 1600],
    ] as const) {
      const stored = await undo[n]?.(await quarters(width, height));
      if (stored === undefined) throw new Error('Expected a way to undo');
      const raw = { width: stored.width, height: stored.height, channels: 3 } as const;
      const content = await sharp(stored.data, { raw })
        .withMetadata({ orientation: n })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toBuffer();
      const image = imageOf(await decodeContent(folder, `${n} ${width}.jpg`, content));
      expect(image).toMatchObject({ width, height, orientation: n });
      expect(await corners(image.pixels)).toEqual(['red', 'green', 'blue', 'white']);
    }
  });

  it.each(['Landscape', 'Portrait'])('shows the same %s photo eight times', async (shape) => {
    if (!existsSync(photos)) return console.log('left out: ../shared/photos/orientation');
    const images = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (n) =>
        imageOf(await decodePhoto(jobFor(folder, join(photos, `${shape}_${n}.jpg`)))),
      ),
    );
    const [first] = images;
    for (const image of images) {
      expect([image.width, image.height]).toEqual([first?.width, first?.height]);
      expect(meanDifference(image.pixels, first?.pixels ?? new Uint8Array())).toBeLessThan(6);
    }
  });
});

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

/** The names of the colours at the four corners of the model input. */
function corners(pixels: Uint8Array): string[] {
  const at = (x: number, y: number) => {
    const bright = [0, 1, 2].map((channel) => (pixels[(y * 224 + x) * 3 + channel] ?? 0) > 127);
    return bright.join();
  };
  const names: Record<string, string> = {
    'true,false,false': 'red',
    'false,true,false': 'green',
    'false,false,true': 'blue',
    'true,true,true': 'white',
  };
  return [at(9, 9), at(214, 9), at(9, 214), at(214, 214)].map((key) => names[key] ?? key);
}
