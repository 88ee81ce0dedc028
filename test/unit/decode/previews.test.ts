// RAW photos are seen through the JPEG that the camera stored in them: which one, which way up, and
// what becomes of those that hold none. And whatever the bytes say, looking for one ends.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, WholeFile } from '../../../src/engine/decode/preview/bytes.ts';
import { findPreviews } from '../../../src/engine/decode/preview/findPreviews.ts';
import { loadPreviews } from '../../../src/engine/decode/preview/loadPreviews.ts';
import { mpfPreviews } from '../../../src/engine/decode/preview/mpfPreviews.ts';
import type { PreviewContainer } from '../../../src/engine/decode/preview/preview.ts';
import { storedPictureIn } from '../../../src/engine/decode/preview/storedPicture.ts';
import { sniff } from '../../../src/engine/decode/sniff.ts';
import { storedPictureBytes } from '../../../src/shared/storedPicture.ts';
import { tinyPhotos } from '../../support/photos.ts';
import { cameraModel, type RawContent, rawFiles, TiffWriter } from '../../support/rawFiles.ts';
import {
  decodeContent,
  imageOf,
  input,
  pixelAt,
  refusal,
  temporaryFolder,
  writeFile,
} from './helpers.ts';

const folder = temporaryFolder();
const photo = { width: 3000, height: 2000 };
const formats = Object.keys(rawFiles);
let jpeg: Buffer;

/** A photograph of that size, upright; Fujifilm's tells its orientation itself. */
function preview(width: number, height: number, orientation = 1): Promise<Buffer> {
  return sharp(join(tinyPhotos, 'rocket.jpg'))
    .resize({ width, height, fit: 'cover' })
    .withExif({ IFD0: { Model: cameraModel } })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer();
}

function rawFile(format: string, changes: Partial<RawContent> = {}): Buffer {
  const make = rawFiles[format];
  if (make === undefined) throw new Error(`No such format: ${format}`);
  return make({ jpeg, ...photo, orientation: 1, ...changes });
}

function containerOf(content: Buffer): PreviewContainer {
  const container = sniff(content)?.previews;
  if (container === undefined) throw new Error('Expected a kind that has previews');
  return container;
}

beforeAll(async () => {
  jpeg = await preview(900, 600);
});

describe.each(formats)('a RAW photo (%s)', (format) => {
  it('is seen as its preview is, and has its own size, camera and time', async () => {
    const alone = imageOf(await decodeContent(folder, 'alone.jpg', jpeg));
    const image = imageOf(await decodeContent(folder, `photo.${format}`, rawFile(format)));
    expect(Buffer.compare(image.pixels, alone.pixels)).toBe(0);
    expect(image).toMatchObject({ format: 'raw', cameraModel });
    expect(Math.abs(image.width - photo.width)).toBeLessThanOrEqual(24);
    expect(Math.abs(image.height - photo.height)).toBeLessThanOrEqual(24);
    if (format !== 'raf') expect(image.takenAt).toBe('2019-05-04T10:11:12');
  });

  it('that was taken upright is upright', async () => {
    const turned = await preview(900, 600, 6);
    const alone = imageOf(await decodeContent(folder, 'turned.jpg', turned));
    const plain = format === 'raf' ? turned : jpeg;
    const content = rawFile(format, { jpeg: plain, orientation: 6 });
    const image = imageOf(await decodeContent(folder, `turned.${format}`, content));
    expect(Buffer.compare(image.pixels, alone.pixels)).toBe(0);
    expect(image.orientation).toBe(6);
    expect(image.width).toBeLessThan(image.height);
  });

  it('is shown as a JPEG that browsers turn upright', async () => {
    const turned = format === 'raf' ? await preview(900, 600, 8) : jpeg;
    const content = rawFile(format, { jpeg: turned, orientation: 8 });
    const shown = await storedPictureIn(writeFile(folder, `shown.${format}`, content));
    if (shown === undefined) throw new Error('Expected a picture');
    const { head, start, end } = shown;
    const bytes = Buffer.concat([Buffer.from(head, 'base64'), content.subarray(start, end)]);
    expect(bytes).toHaveLength(storedPictureBytes(shown));
    expect(await sharp(bytes, { failOn: 'warning' }).metadata()).toMatchObject({
      format: 'jpeg',
      width: 900,
      height: 600,
      orientation: 8,
    });
    expect(await sharp(bytes).raw().toBuffer()).toEqual(await sharp(turned).raw().toBuffer());
  });

  it('whose preview is too small to tell anything is skipped by its name', async () => {
    const content = rawFile(format, { jpeg: await preview(160, 107) });
    const { code, message } = await refusal(decodeContent(folder, `small.${format}`, content));
    expect(code).toBe('FORMAT_UNSUPPORTED');
    expect(message).toContain('RAW photo');
  });
});

/** In the others the preview comes before what tells of it, at least as they are written here. */
it.each(['arw', 'cr2', 'cr3', 'dng', 'nef', 'pef', 'raf', 'srw'])(
  'a %s that is cut before its preview ends is damaged',
  async (format) => {
    const content = rawFile(format);
    const cut = content.subarray(0, content.indexOf(jpeg) + 5000);
    const { code } = await refusal(decodeContent(folder, `cut.${format}`, cut));
    expect(code).toBe('IMAGE_DAMAGED');
  },
);

describe('of several previews', () => {
  /** As Nikon stores them, each in a directory of its own. */
  async function withPreviews(...sizes: (readonly [number, number])[]): Promise<Buffer> {
    const tiff = new TiffWriter(true);
    const directories: number[] = [];
    for (const [width, height] of sizes) {
      const content = await preview(width, height);
      directories.push(
        tiff.directory([
          [0x0201, [tiff.add(content)]],
          [0x0202, [content.length]],
        ]),
      );
    }
    const raw = tiff.directory([
      [0x0100, [photo.width]],
      [0x0101, [photo.height]],
      [0x828e, [1]],
    ]);
    return tiff.finish(tiff.directory([[0x014a, [...directories, raw]]]));
  }

  it('the smallest is decoded that has all that the model sees, the largest is shown', async () => {
    const content = await withPreviews([2400, 1600], [160, 107], [1500, 1000], [640, 427]);
    const small = imageOf(await decodeContent(folder, 'small.jpg', await preview(1500, 1000)));
    const image = imageOf(await decodeContent(folder, 'three.nef', content));
    expect(Buffer.compare(image.pixels, small.pixels)).toBe(0);
    const shown = await storedPictureIn(join(folder, 'three.nef'));
    const largest = content.indexOf(await preview(2400, 1600));
    expect(shown?.start).toBeGreaterThan(largest);
    expect(shown?.end).toBe(largest + (await preview(2400, 1600)).length);
  });

  it('one that is as large as the sensor tells the size of the photo', async () => {
    const content = await withPreviews([640, 427], [2984, 1992]);
    expect(imageOf(await decodeContent(folder, 'whole.nef', content))).toMatchObject({
      width: 2984,
      height: 1992,
    });
  });

  it('one in the shape of the photo is taken before one that is not', async () => {
    const content = await withPreviews([800, 800], [640, 427]);
    const alike = imageOf(await decodeContent(folder, 'alike.jpg', await preview(640, 427)));
    const image = imageOf(await decodeContent(folder, 'shapes.nef', content));
    expect(Buffer.compare(image.pixels, alike.pixels)).toBe(0);
  });

  it('one that the camera cut to another shape is better than none', async () => {
    const content = await withPreviews([1600, 900]);
    expect(imageOf(await decodeContent(folder, 'wide.nef', content)).format).toBe('raw');
  });

  it('one between black bars is not taken', async () => {
    const inner = await sharp(await preview(900, 600))
      .extend({ top: 75, bottom: 75, background: '#000' })
      .jpeg()
      .toBuffer();
    const tiff = new TiffWriter(true);
    const directory = tiff.directory([
      [0x0201, [tiff.add(inner)]],
      [0x0202, [inner.length]],
    ]);
    const raw = tiff.directory([
      [0x0100, [photo.width]],
      [0x0101, [photo.height]],
      [0x828e, [1]],
    ]);
    const content = tiff.finish(tiff.directory([[0x014a, [directory, raw]]]));
    const error = await refusal(decodeContent(folder, 'bars.nef', content));
    expect(error.code).toBe('FORMAT_UNSUPPORTED');
  });
});

describe('a JPEG with a preview of full HD size', () => {
  /** Appended, and listed in an APP2 segment (CIPA DC-007) that follows the mark. */
  function withMpf(photo: Buffer, inner: Buffer, type = 0x010002): Buffer {
    const tiff = new TiffWriter(false);
    const entries = Buffer.alloc(32);
    const segmentBytes = 8 + tiff.finish(tiff.directory([[0xb002, entries]])).length;
    const length = photo.length + segmentBytes;
    entries.writeUInt32BE(0x030000, 0);
    entries.writeUInt32BE(length, 4);
    entries.writeUInt32BE(type, 16);
    entries.writeUInt32BE(inner.length, 20);
    entries.writeUInt32BE(length - 10, 24); // counts from behind the mark, 'APP2', length and 'MPF\0'
    const list = new TiffWriter(false);
    const content = list.finish(list.directory([[0xb002, entries]]));
    const head = Buffer.from('ffe200004d504600', 'hex');
    head.writeUInt16BE(content.length + 6, 2);
    return Buffer.concat([photo.subarray(0, 2), head, content, photo.subarray(2), inner]);
  }

  const red = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#d00' } })
      .jpeg()
      .toBuffer();
  /** Which of the two was decoded: the photo is no colour like it. */
  const isRed = ([r = 0, g = 255, b = 255]: number[]) => r > 180 && g < 40 && b < 40;

  async function seen(name: string, content: Buffer) {
    return imageOf(await decodeContent(folder, name, content));
  }

  it('is decoded from it, and keeps its own size and orientation', async () => {
    const image = await seen(
      'mpf.jpg',
      withMpf(await preview(3000, 2000, 6), await red(1620, 1080)),
    );
    expect(isRed(pixelAt(image, 112, 112))).toBe(true);
    expect(image).toMatchObject({ format: 'jpeg', width: 2000, height: 3000, cameraModel });
    expect(image.orientation).toBe(6);
  });

  it.each([
    ['too small', 640, 427, 0x010002],
    ['of another shape', 1920, 1080, 0x010002],
    ['hardly smaller', 2600, 1733, 0x010002],
    ['a picture of its own', 1620, 1080, 0x020002],
  ])('but not where the preview is %s', async (_, width, height, type) => {
    const content = withMpf(await preview(3000, 2000), await red(width, height), type);
    expect(isRed(pixelAt(await seen('not.jpg', content), 112, 112))).toBe(false);
  });

  it('but not where the photo was edited since: the list does not fit it', async () => {
    const content = withMpf(await preview(3000, 2000), await red(1620, 1080));
    const edited = Buffer.concat([
      content.subarray(0, 2),
      Buffer.from('fffe000641424344', 'hex'),
      content.subarray(2),
    ]);
    expect(isRed(pixelAt(await seen('edited.jpg', edited), 112, 112))).toBe(false);
  });

  it('but not where the preview is damaged', async () => {
    const inner = await red(1620, 1080);
    const content = withMpf(await preview(3000, 2000), inner);
    content.fill(0xff, content.length - inner.length + 700);
    expect(isRed(pixelAt(await seen('damaged.jpg', content), 112, 112))).toBe(false);
  });

  it('and whatever became of the list, the search in it ends within the file', async () => {
    const content = withMpf(await preview(1500, 1000), await red(1620, 1080));
    const random = randomNumbers(4711);
    const places = Array.from({ length: 120 }, (_, at) => at);
    for (let round = 0; round < 1000; round++) {
      const broken = mutated(content, places, random);
      for (const { start, end } of mpfPreviews(new WholeFile(broken))) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(broken.length);
      }
    }
  });
});

describe('an ordinary TIFF', () => {
  it('of several pages is not taken for a RAW photo', async () => {
    const content = await sharp(jpeg).tiff({ compression: 'jpeg' }).toBuffer();
    expect(sniff(content)).toMatchObject({ format: 'tiff', decodable: true });
    expect(imageOf(await decodeContent(folder, 'a.tif', content)).format).toBe('tiff');
  });
});

describe('a search for previews ends', () => {
  it('where directories lead in circles', () => {
    const tiff = Buffer.alloc(64);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(2, 8);
    for (const [row, tag] of [0x0110, 0x014a].entries()) {
      tiff.writeUInt16LE(tag, 10 + row * 12);
      tiff.writeUInt16LE(4, 12 + row * 12);
      tiff.writeUInt32LE(1, 14 + row * 12);
      tiff.writeUInt32LE(8, 18 + row * 12);
    }
    tiff.writeUInt32LE(8, 34);
    expect(findPreviews(new WholeFile(tiff), 'tiff').previews).toEqual([]);
  });

  it('where directories fan out without end', () => {
    const tiff = Buffer.alloc(1 << 20);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    for (let at = 8; at + 400 < tiff.length; at += 200) {
      tiff.writeUInt16LE(1, at);
      tiff.writeUInt16LE(0x014a, at + 2);
      tiff.writeUInt16LE(4, at + 4);
      tiff.writeUInt32LE(0xffff_ffff, at + 6);
      tiff.writeUInt32LE(at + 40, at + 10);
      for (let sub = 0; sub < 40; sub++)
        tiff.writeUInt32LE((sub * 5003 * 200) % (1 << 20), at + 40 + sub * 4);
    }
    let slices = 0;
    const counted: Bytes = {
      length: tiff.length,
      slice: (start, length) => {
        slices++;
        return new WholeFile(tiff).slice(start, length);
      },
    };
    findPreviews(counted, 'tiff');
    expect(slices).toBeLessThan(10_000);
  });

  it.each(formats)('whatever became of the bytes of a %s, within the file', async (format) => {
    const content = rawFile(format);
    const container = containerOf(content);
    const random = randomNumbers(format.length * 7919 + format.charCodeAt(0));
    const interesting = placesOfNumbers(content);
    for (let round = 0; round < 400; round++) {
      const broken = mutated(content, interesting, random);
      const { previews } = findPreviews(new WholeFile(broken), container);
      for (const { start, end } of previews) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(broken.length);
        expect(start).toBeLessThan(end);
      }
      const kind = sniff(broken);
      if (round % 40 === 0 && kind?.previews) {
        const path = writeFile(folder, `broken.${format}`, broken);
        expect(await loadPreviews(path)).toEqual(
          findPreviews(new WholeFile(readFileSync(path)), kind.previews),
        );
      }
    }
  });

  it.each(formats)('and a broken %s is decoded or refused with a code', async (format) => {
    const content = rawFile(format);
    const random = randomNumbers(format.length + format.charCodeAt(1));
    const interesting = placesOfNumbers(content);
    for (let round = 0; round < 8; round++) {
      const work = decodeContent(folder, `odd.${format}`, mutated(content, interesting, random));
      const code = await work.then(
        () => 'decoded',
        (error: { code: string }) => error.code,
      );
      expect([
        'decoded',
        'FORMAT_UNSUPPORTED',
        'NOT_AN_IMAGE',
        'IMAGE_DAMAGED',
        'IMAGE_TOO_LARGE',
        'FILE_EMPTY',
      ]).toContain(code);
    }
  });
});

/** A linear congruential generator (Numerical Recipes): 0 to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Where a change may mean something to the parsers: not in the preview's body, not in padding. */
function placesOfNumbers(content: Buffer): number[] {
  const start = content.indexOf(jpeg);
  return Array.from(content.keys()).filter(
    (at) =>
      (at < start + 200 || at >= start + jpeg.length) &&
      content.subarray(Math.max(0, at - 4), at + 4).some((value) => value !== 0),
  );
}

function mutated(content: Buffer, places: readonly number[], random: () => number): Buffer {
  const copy = Buffer.from(content);
  const changes = 1 + Math.floor(random() * 6);
  for (let change = 0; change < changes; change++) {
    const at = places[Math.floor(random() * places.length)] ?? 0;
    const values = [0, 0xff, 0x7f, 0x80, Math.floor(random() * 256)];
    const width = random() < 0.5 ? 1 : 4;
    copy.fill(
      values[Math.floor(random() * values.length)] ?? 0,
      at,
      Math.min(at + width, copy.length),
    );
  }
  return random() < 0.3 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
}

it('the model input of these tests is smaller than every preview that counts', () => {
  expect(input.size * 1.5).toBeLessThan(427);
});
