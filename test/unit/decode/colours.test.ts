// Whatever a file's colours are kept in, the model and the thumbnail see sRGB on white.

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isSrgbProfile } from '../../../src/engine/decode/header.ts';
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

async function centre(name: string, content: Buffer): Promise<number[]> {
  return pixelAt(imageOf(await decodeContent(folder, name, content)), 112, 112);
}

describe('colours', () => {
  it('of a Display P3 photo become sRGB, at 8 and at 16 bits', async () => {
    const p3 = solid(300, 300, red).withIccProfile('p3');
    const deep = solid(300, 300, red).toColourspace('rgb16').withIccProfile('p3');
    const stored = await sharp(await p3.png().toBuffer(), { ignoreIcc: true })
      .raw()
      .toBuffer();
    expect(difference([...stored.subarray(0, 3)], red)).toBeGreaterThan(10);
    expect(difference(await centre('p3.png', await p3.png().toBuffer()), red)).toBeLessThan(3);
    expect(difference(await centre('p3 deep.png', await deep.png().toBuffer()), red)).toBeLessThan(
      3,
    );
    expect(difference(await centre('p3 deep.tif', await deep.tiff().toBuffer()), red)).toBeLessThan(
      3,
    );
  });

  it('of a CMYK JPEG become RGB, with and without a profile', async () => {
    const bare = await solid(300, 300, red).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const tagged = await solid(300, 300, red)
      .withIccProfile('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(difference(await centre('cmyk.jpg', bare), red)).toBeLessThan(30);
    expect(difference(await centre('cmyk tagged.jpg', tagged), red)).toBeLessThan(20);
  });

  it('of a greyscale photo become three equal channels', async () => {
    const grey = solid(300, 300, [120, 120, 120]);
    const eight = await grey.clone().toColourspace('b-w').jpeg().toBuffer();
    const sixteen = await grey.clone().toColourspace('grey16').png().toBuffer();
    expect(await centre('grey.jpg', eight)).toEqual([120, 120, 120]);
    expect(await centre('grey16.png', sixteen)).toEqual([120, 120, 120]);
  });

  it('show white through what is transparent', async () => {
    const clear = await solid(300, 300, red, 0).png().toBuffer();
    const half = await solid(300, 300, red, 0.5).png().toBuffer();
    expect(await centre('clear.png', clear)).toEqual([255, 255, 255]);
    expect(difference(await centre('half.png', half), [227, 147, 147])).toBeLessThan(2);
  });

  it('are taken as they are where the profile is sRGB', async () => {
    const profile = async (name: string) => {
      const content = await solid(8, 8, red).withIccProfile(name).png().toBuffer();
      const { icc } = await sharp(content).metadata();
      return isSrgbProfile(icc ?? Buffer.alloc(0));
    };
    expect(await profile('srgb')).toBe(true);
    expect(await profile('p3')).toBe(false);
    expect(isSrgbProfile(Buffer.from('nonsense'))).toBe(false);
    expect(isSrgbProfile(Buffer.alloc(200, 255))).toBe(false);
  });
});
