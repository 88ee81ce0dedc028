// What a photo says about itself, as far as it can be believed.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Exif } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { readMetadata } from '../../../src/engine/decode/metadata.ts';
import { OcelliError } from '../../../src/shared/errors.ts';
import { decodeContent, imageOf, jobFor, solid, temporaryFolder } from './helpers.ts';

const folder = temporaryFolder();
const camera = fileURLToPath(new URL('../../../../shared/photos/camera/jpg', import.meta.url));
const hasCamera = existsSync(camera);
if (!hasCamera) console.log('left out: the real photos of ../shared/photos/camera');

async function decodeWith(exif: Exif) {
  const content = await solid(40, 30, [9, 9, 9]).withExif(exif).jpeg().toBuffer();
  return imageOf(await decodeContent(folder, 'exif.jpg', content));
}

const oslo = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '59/1 54/1 4950/100',
  GPSLongitudeRef: 'E',
  GPSLongitude: '10/1 44/1 3000/100',
};

describe('metadata', () => {
  it('tells when, where and with what a photo was taken', async () => {
    const image = await decodeWith({
      IFD0: { Make: 'Acme ', Model: 'Box 3' },
      IFD2: {
        DateTimeOriginal: '2019:06:14 17:03:20',
        OffsetTimeOriginal: '+02:00',
        LensModel: 'Glass 50mm',
        ExposureTime: '1/250',
        FNumber: '28/10',
        ISOSpeedRatings: '400',
        FocalLength: '50/1',
      },
      IFD3: oslo,
    });
    expect(image).toMatchObject({
      takenAt: '2019-06-14T17:03:20+02:00',
      cameraMake: 'Acme',
      cameraModel: 'Box 3',
      lens: 'Glass 50mm',
      exposureSeconds: 0.004,
      fNumber: 2.8,
      iso: 400,
      focalLengthMm: 50,
      latitude: 59.91375,
      longitude: 10.7416667,
    });
  });

  it('has no zone where the photo names none, and falls back to other dates', async () => {
    const image = await decodeWith({ IFD0: { DateTime: '2001:02:03 04:05:06' } });
    expect(image.takenAt).toBe('2001-02-03T04:05:06');
  });

  it('is south and west of zero where the photo says so', async () => {
    const place = { ...oslo, GPSLatitudeRef: 'S', GPSLongitudeRef: 'W' };
    const image = await decodeWith({ IFD3: place });
    expect([image.latitude, image.longitude]).toEqual([-59.91375, -10.7416667]);
  });

  it.each([
    ['a blank clock', { IFD2: { DateTimeOriginal: '0000:00:00 00:00:00' } }],
    ['a date that is none', { IFD2: { DateTimeOriginal: 'yesterday afternoo' } }],
    ['a division by zero', { IFD2: { ExposureTime: '1/0', FNumber: '0/0' } }],
    ['a latitude beyond the pole', { IFD3: { ...oslo, GPSLatitude: '95/1 0/1 0/1' } }],
    [
      'a place without a fix',
      { IFD3: { ...oslo, GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '0/1 0/1 0/1' } },
    ],
  ] satisfies [string, Exif][])('leaves out %s', async (_, exif) => {
    const { takenAt, exposureSeconds, fNumber, latitude, longitude } = await decodeWith(exif);
    const found = { takenAt, exposureSeconds, fNumber, latitude, longitude };
    expect(Object.values(found).every((value) => value === undefined)).toBe(true);
  });

  it('that is broken in any way never fails a photo', async () => {
    const content = await solid(40, 30, [9, 9, 9])
      .withExif({ IFD0: { Make: 'Acme' }, IFD3: oslo })
      .jpeg()
      .toBuffer();
    const start = content.indexOf('Exif\0') + 6;
    for (let at = start; at < start + 160; at += 3) {
      const broken = Buffer.from(content);
      broken.fill(0xff, at, at + 4);
      expect(imageOf(await decodeContent(folder, 'broken.jpg', broken)).width).toBe(40);
    }
  });

  it('is empty for blocks that are no EXIF', () => {
    expect(readMetadata([])).toEqual({});
    expect(readMetadata([Buffer.from('Exif\0\0')])).toEqual({});
    expect(readMetadata([Buffer.alloc(300_000)])).toEqual({});
  });
});

describe.skipIf(!hasCamera)('photos from cameras', () => {
  it('tell where they were taken', async () => {
    const path = join(camera, 'gps', 'DSCN0010.jpg');
    expect(imageOf(await decodePhoto(jobFor(folder, path)))).toMatchObject({
      takenAt: '2008-10-22T16:28:39',
      cameraMake: 'NIKON',
      cameraModel: 'COOLPIX P6000',
      latitude: 43.4674483,
      longitude: 11.8851267,
      iso: 64,
      focalLengthMm: 24,
    });
  });

  it('are decoded or refused with a code, every one of them', async () => {
    const names = readdirSync(camera, { recursive: true, encoding: 'utf8' });
    const refused: string[] = [];
    for (const name of names.filter((each) => /\.jpe?g$/i.test(each))) {
      await decodePhoto(jobFor(folder, join(camera, name))).catch((error: unknown) => {
        if (!(error instanceof OcelliError)) throw error;
        refused.push(`${name}: ${error.code}`);
      });
    }
    expect(refused).toEqual(['corrupted.jpg: IMAGE_DAMAGED']);
  });
});
