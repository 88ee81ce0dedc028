// Every format that is promised, drawn by sharp and decoded again.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  decodeContent,
  difference,
  imageOf,
  pixelAt,
  type Rgb,
  solid,
  temporaryFolder,
} from './helpers.ts';

const folder = temporaryFolder();
const red: Rgb = [200, 40, 40];

const formats: readonly [string, string, () => Promise<Buffer>][] = [
  ['jpeg', 'a.jpg', () => solid(320, 240, red).jpeg().toBuffer()],
  ['jpeg', 'progressive.jpg', () => solid(320, 240, red).jpeg({ progressive: true }).toBuffer()],
  ['png', 'a.png', () => solid(320, 240, red).png().toBuffer()],
  ['png', 'palette.png', () => solid(320, 240, red).png({ palette: true }).toBuffer()],
  ['png', '16 bits.png', () => solid(320, 240, red).toColourspace('rgb16').png().toBuffer()],
  ['webp', 'a.webp', () => solid(320, 240, red).webp().toBuffer()],
  ['webp', 'lossless.webp', () => solid(320, 240, red).webp({ lossless: true }).toBuffer()],
  ['avif', 'a.avif', () => solid(320, 240, red).avif({ effort: 0 }).toBuffer()],
  ['gif', 'a.gif', () => solid(320, 240, red).gif().toBuffer()],
  ['tiff', 'a.tif', () => solid(320, 240, red).tiff().toBuffer()],
  ['tiff', '16 bits.tif', () => solid(320, 240, red).toColourspace('rgb16').tiff().toBuffer()],
  ['tiff', 'lab.tif', () => solid(320, 240, red).toColourspace('lab').tiff().toBuffer()],
];

describe('a photo', () => {
  it.each(formats)('is decoded from %s (%s)', async (format, name, draw) => {
    const photo = await decodeContent(folder, name, await draw());
    const image = imageOf(photo);
    expect(image).toMatchObject({ format, width: 320, height: 240, orientation: 1 });
    expect(image.pixels).toHaveLength(224 * 224 * 3);
    expect(difference(pixelAt(image, 112, 112), red)).toBeLessThanOrEqual(4);
    expect(photo.known).toBe(false);
  });

  it('is judged by its content, not by its name', async () => {
    const photo = await decodeContent(folder, 'png.jpg', await solid(9, 9, red).png().toBuffer());
    expect(imageOf(photo).format).toBe('png');
  });

  it.each(['gif', 'webp'] as const)('shows the first frame of an animated %s', async (format) => {
    const frames = await Promise.all(
      [red, [0, 0, 255] as const].map((colour) => solid(300, 300, colour).png().toBuffer()),
    );
    const animated = sharp(frames, { join: { animated: true } });
    const image = imageOf(
      await decodeContent(folder, `moving.${format}`, await animated.toFormat(format).toBuffer()),
    );
    expect(image).toMatchObject({ width: 300, height: 300 });
    expect(difference(pixelAt(image, 112, 112), red)).toBeLessThanOrEqual(4);
  });

  it('is one colour wherever its shape is extreme', async () => {
    for (const [width, height] of [
      [1, 5000],
      [5000, 2],
      [1, 1],
      [223, 223],
    ] as const) {
      const name = `${width} by ${height}.png`;
      const content = await solid(width, height, red).png().toBuffer();
      const image = imageOf(await decodeContent(folder, name, content));
      expect(image).toMatchObject({ width, height });
      expect(pixelAt(image, 0, 0)).toEqual([...red]);
      expect(pixelAt(image, 223, 223)).toEqual([...red]);
    }
  });

  it('is squashed into the square where the model wants that', async () => {
    const left = await solid(100, 50, red).png().toBuffer();
    const content = await solid(400, 50, [0, 0, 255])
      .composite([{ input: left, left: 0, top: 0 }])
      .png()
      .toBuffer();
    const squash = { size: 224, resize: 'squash', crop: 'none', interpolation: 'linear' } as const;
    const image = imageOf(await decodeContent(folder, 'wide.png', content, { input: squash }));
    expect(pixelAt(image, 40, 112)).toEqual([...red]);
    expect(pixelAt(image, 70, 112)).toEqual([0, 0, 255]);
  });
});
