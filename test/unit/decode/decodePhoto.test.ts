// The decoder's work around the pixels: hashes, thumbnails, known content, unusual names.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { thumbnailPath } from '../../../src/shared/thumbnailPath.ts';
import { decodeContent, imageOf, jobFor, solid, temporaryFolder, writeFile } from './helpers.ts';

const folder = temporaryFolder();

describe('decodePhoto', () => {
  it('names the content by its SHA-256 and says how large it is', async () => {
    const content = await solid(300, 200, [1, 2, 3]).jpeg().toBuffer();
    const photo = await decodeContent(folder, 'hash.jpg', content);
    expect(photo.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(photo.bytes).toBe(content.length);
    expect(photo.times.decodeMs).toBeGreaterThan(0);
  });

  it('decodes nothing where the content is known', async () => {
    const content = Buffer.from('this would be refused as an image');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const photo = await decodeContent(folder, 'known.jpg', content, { known: ['ab', sha256] });
    expect(photo).toMatchObject({ sha256, known: true });
    expect(photo.image).toBeUndefined();
  });

  it('answers with what a process boundary can carry', async () => {
    const content = await solid(300, 200, [1, 2, 3]).jpeg().toBuffer();
    const photo = await decodeContent(folder, 'clone.jpg', content);
    expect(structuredClone(photo)).toEqual(photo);
  });

  it.each([
    ['a newline', 'new\nline.png'],
    ['an emoji', '🎂 birthday 🎂.png'],
    ['quotes and a percent sign', `"100%" 'it'.png`],
    ['the longest name there is', `${'é'.repeat(125)}x.png`],
  ])('reads a file with %s in its name', async (_, name) => {
    if (process.platform === 'win32' && /["\n]/.test(name)) return;
    const content = await solid(30, 20, [1, 2, 3]).png().toBuffer();
    expect(imageOf(await decodeContent(folder, name, content)).width).toBe(30);
  });
});

describe('a thumbnail', () => {
  it('is a JPEG of at most 512 pixels, named after the content', async () => {
    const content = await solid(1500, 1000, [10, 200, 30]).jpeg().toBuffer();
    const job = jobFor(folder, writeFile(folder, 'large.jpg', content));
    const photo = await decodePhoto(job);
    const path = thumbnailPath(job.thumbnailFolder, photo.sha256);
    expect(path).toContain(photo.sha256.slice(0, 2));
    expect(await sharp(readFileSync(path)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 512,
      height: 341,
    });
    expect(imageOf(photo).thumbnailBytes).toBe(statSync(path).size);
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is not larger than the photo', async () => {
    const content = await solid(60, 40, [10, 200, 30]).png().toBuffer();
    const job = jobFor(folder, writeFile(folder, 'small.png', content));
    const path = thumbnailPath(job.thumbnailFolder, (await decodePhoto(job)).sha256);
    expect(await sharp(readFileSync(path)).metadata()).toMatchObject({ width: 60, height: 40 });
  });

  it('is the photo itself where that is a JPEG of the size of one', async () => {
    const content = await solid(500, 375, [10, 200, 30]).jpeg().toBuffer();
    const job = jobFor(folder, writeFile(folder, 'own.jpg', content));
    const path = thumbnailPath(job.thumbnailFolder, (await decodePhoto(job)).sha256);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it.each([
    ['CMYK', () => solid(500, 375, [10, 200, 30]).toColourspace('cmyk').jpeg().toBuffer()],
    ['too large a file', () => solid(512, 512, [10, 200, 30]).jpeg({ quality: 100 }).toBuffer()],
  ])('is made anew from a small JPEG with %s', async (name, make) => {
    // What lies behind the end of a picture counts as the file's size.
    const content = Buffer.concat([await make(), Buffer.alloc(name === 'CMYK' ? 0 : 2 ** 18)]);
    const job = jobFor(folder, writeFile(folder, `${name}.jpg`, content));
    const path = thumbnailPath(job.thumbnailFolder, (await decodePhoto(job)).sha256);
    expect(statSync(path).size).toBeLessThan(2 ** 17);
    expect(await sharp(readFileSync(path)).metadata()).toMatchObject({ space: 'srgb' });
  });

  it('is written once', async () => {
    const content = await solid(61, 40, [10, 200, 30]).png().toBuffer();
    const job = jobFor(folder, writeFile(folder, 'once.png', content));
    const first = await decodePhoto(job);
    const path = thumbnailPath(job.thumbnailFolder, first.sha256);
    utimesSync(path, 1000, 1000);
    const second = await decodePhoto(job);
    expect(statSync(path).mtimeMs).toBe(1_000_000);
    expect(imageOf(second).thumbnailBytes).toBe(imageOf(first).thumbnailBytes);
  });

  it('is not written for a photo that is refused', async () => {
    const content = Buffer.from('no image');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const job = jobFor(folder, writeFile(folder, 'no.jpg', content));
    await expect(decodePhoto(job)).rejects.toThrow();
    expect(existsSync(thumbnailPath(job.thumbnailFolder, sha256))).toBe(false);
  });
});
