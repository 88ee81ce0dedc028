// What becomes of files that are no photo, or no longer one: the code, and words that name the file.
import { chmodSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { writingError } from '../../../src/engine/decode/thumbnail.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';
import {
  decodeContent,
  imageOf,
  jobFor,
  refusal,
  solid,
  temporaryFolder,
  writeFile,
} from './helpers.ts';

const folder = temporaryFolder();

/** Noise, so that every part of the file carries something. */
function noise(width: number, height: number) {
  const settings = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise: settings } });
}

async function expectRefusal(name: string, content: Uint8Array | string, code: ErrorCode) {
  const error = await refusal(decodeContent(folder, name, content));
  expect(error.message).toContain(join(folder, name));
  expect(`${name}: ${error.code}`).toBe(`${name}: ${code}`);
  return error.message;
}

describe('a file', () => {
  it('that is empty, gone, a folder or closed to us is named as such', async () => {
    await expectRefusal('empty.jpg', '', 'FILE_EMPTY');
    const gone = await refusal(decodePhoto(jobFor(folder, join(folder, 'gone.jpg'))));
    expect(gone.code).toBe('FILE_GONE');
    mkdirSync(join(folder, 'folder.jpg'));
    const aFolder = await refusal(decodePhoto(jobFor(folder, join(folder, 'folder.jpg'))));
    expect(aFolder.code).toBe('FILE_UNREADABLE');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that may not be read says so',
    async () => {
      const path = writeFile(folder, 'closed.jpg', 'x');
      chmodSync(path, 0);
      const error = await refusal(decodePhoto(jobFor(folder, path)));
      expect(error.code).toBe('FILE_UNREADABLE');
      expect(error.message).toContain('permission denied');
    },
  );

  it.skipIf(process.platform === 'win32')('of more than 2 GiB is not read', async () => {
    const path = writeFile(folder, 'huge.tif', 'II*\0');
    truncateSync(path, 3 * 2 ** 30); // sparse: it takes no space
    const error = await refusal(decodePhoto(jobFor(folder, path)));
    expect(error.code).toBe('FILE_TOO_LARGE');
    expect(error.message).toContain('3.0 GiB');
  });

  it('of a kind that cannot be read is called by its name', async () => {
    const jxl = Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1');
    const raw = Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1');
    const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>';
    expect(await expectRefusal('a.jxl', jxl, 'FORMAT_UNSUPPORTED')).toContain('a JPEG XL image');
    expect(await expectRefusal('a.cr2', raw, 'FORMAT_UNSUPPORTED')).toContain('a Canon RAW photo');
    expect(await expectRefusal('a.svg', svg, 'FORMAT_UNSUPPORTED')).toContain('an SVG drawing');
  });

  it('that is no image at all is told from a damaged one', async () => {
    await expectRefusal('text.jpg', 'Dear diary, today I took no photo.\n', 'NOT_AN_IMAGE');
    await expectRefusal('zeros.jpg', Buffer.alloc(5000), 'NOT_AN_IMAGE');
    await expectRefusal('head only.jpg', Buffer.from('ffd8ffe0', 'hex'), 'IMAGE_DAMAGED');
  });
});

describe('an image', () => {
  it('that is cut off is damaged, in every format', async () => {
    const picture = noise(320, 240);
    const contents: Record<string, Buffer> = {
      'cut.jpg': await picture.clone().jpeg().toBuffer(),
      'cut progressive.jpg': await picture.clone().jpeg({ progressive: true }).toBuffer(),
      'cut.png': await picture.clone().png().toBuffer(),
      'cut.webp': await picture.clone().webp().toBuffer(),
      'cut.gif': await picture.clone().gif().toBuffer(),
      'cut.avif': await picture.clone().avif({ effort: 0 }).toBuffer(),
    };
    for (const [name, content] of Object.entries(contents)) {
      for (const part of [0.5, 0.8]) {
        const cut = content.subarray(0, content.length * part);
        await expectRefusal(name, cut, 'IMAGE_DAMAGED');
      }
    }
  });

  it('that lacks only its end mark is a whole picture', async () => {
    const content = await noise(320, 240).jpeg().toBuffer();
    const whole = imageOf(await decodeContent(folder, 'whole.jpg', content));
    const unended = content.subarray(0, content.length - 2);
    const image = imageOf(await decodeContent(folder, 'unended.jpg', unended));
    expect(Buffer.compare(image.pixels, whole.pixels)).toBe(0);
  });

  it('that is followed by other bytes is a whole picture', async () => {
    const content = Buffer.concat([await noise(300, 200).jpeg().toBuffer(), Buffer.alloc(999, 7)]);
    expect(imageOf(await decodeContent(folder, 'trailing.jpg', content)).width).toBe(300);
  });

  it('with nonsense in the middle is damaged where the decoder can tell', async () => {
    const content = await noise(320, 240).png().toBuffer();
    const middle = Math.floor(content.length / 2);
    content.fill(0x5a, middle, middle + 50);
    await expectRefusal('scratched.png', content, 'IMAGE_DAMAGED');
  });

  it('of 30,000 × 30,000 pixels is refused before it is decoded', async () => {
    const start = performance.now();
    const message = await expectRefusal('bomb.png', bombPng(30_000), 'IMAGE_TOO_LARGE');
    expect(message).toContain('30000 × 30000 (900 megapixels)');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('is measured against the limit of the job', async () => {
    const content = await solid(200, 100, [1, 2, 3]).png().toBuffer();
    const work = decodeContent(folder, 'limit.png', content, { maxPixels: 19_999 });
    expect((await refusal(work)).code).toBe('IMAGE_TOO_LARGE');
    expect(await decodeContent(folder, 'limit.png', content, { maxPixels: 20_000 })).toBeDefined();
  });
});

describe('decoding', () => {
  it('stops when it is told to', async () => {
    const path = writeFile(folder, 'stop.png', await solid(9, 9, [1, 2, 3]).png().toBuffer());
    const error = await refusal(decodePhoto(jobFor(folder, path), { signal: AbortSignal.abort() }));
    expect(error.code).toBe('CANCELLED');
  });

  it('says that the disk is full when it is', () => {
    const cause = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(writingError('/thumbnails/a.webp', cause).code).toBe('DISK_FULL');
  });

  it('says that the thumbnail folder cannot be written to', async () => {
    const content = await solid(9, 9, [1, 2, 3]).png().toBuffer();
    const thumbnailFolder = writeFile(folder, 'a file, no folder', 'x');
    const work = decodeContent(folder, 'a.png', content, { thumbnailFolder });
    expect((await refusal(work)).code).toBe('DATA_UNWRITABLE');
  });
});

/** A valid PNG of one bit per pixel, all black: a hundred kilobytes for 112 MB of rows. */
function bombPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 1 });
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND')]);
}

function chunk(type: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
