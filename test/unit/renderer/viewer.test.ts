// The viewer's arithmetic and words: how a photo lies in its frame, what is said about it.
import { describe, expect, test } from 'vitest';
import {
  cameraOf,
  exposureOf,
  factsOf,
  formatMoment,
  placeOf,
} from '../../../src/renderer/features/viewer/facts.ts';
import {
  closeScale,
  fittedSize,
  fittedView,
  formatZoom,
  largestScale,
  settled,
  zoomed,
} from '../../../src/renderer/features/viewer/zoom.ts';
import type { PhotoDetails } from '../../../src/shared/library.ts';
import { tile } from './tiles.ts';

const frame = { width: 1000, height: 600 };
const photo = { width: 6000, height: 4000 };
const fitted = fittedSize(photo, frame);

describe('a photo in its frame', () => {
  test('is as large as the frame allows, small pictures at most twice their size', () => {
    expect(fitted).toEqual({ width: 900, height: 600 });
    expect(fittedSize({ width: 100, height: 50 }, frame)).toEqual({ width: 200, height: 100 });
    expect(fittedSize({ width: 0, height: 0 }, frame)).toEqual({ width: 0, height: 0 });
  });

  test('what is under the pointer stays there while it is enlarged', () => {
    const at = { x: 120, y: -40 };
    const view = zoomed({ scale: 2, x: 10, y: 5 }, 4, at);
    expect((at.x - view.x) / view.scale).toBeCloseTo((at.x - 10) / 2, 9);
    expect((at.y - view.y) / view.scale).toBeCloseTo((at.y - 5) / 2, 9);
  });

  test('moves no further than its edges, and is in the middle where it is smaller', () => {
    expect(settled({ scale: 1, x: 300, y: -90 }, fitted, frame, 8)).toEqual(fittedView);
    expect(settled({ scale: 2, x: 999, y: -999 }, fitted, frame, 8)).toEqual({
      scale: 2,
      x: 400,
      y: -300,
    });
  });

  test('is never smaller than its frame and not endlessly large', () => {
    expect(settled({ scale: 0.2, x: 0, y: 0 }, fitted, frame, 8).scale).toBe(1);
    expect(settled({ scale: 99, x: 0, y: 0 }, fitted, frame, 8).scale).toBe(8);
    expect(largestScale(photo, fitted)).toBeCloseTo(20);
    expect(largestScale({ width: 300, height: 200 }, { width: 600, height: 400 })).toBe(4);
  });

  test('a double click leads to its own pixels, or nearer where these are smaller', () => {
    expect(closeScale(photo, fitted)).toBeCloseTo(6000 / 900);
    expect(closeScale({ width: 500, height: 400 }, { width: 700, height: 560 })).toBe(2.5);
  });

  test('its zoom is told in parts of its own pixels', () => {
    expect(formatZoom(fittedView, photo, fitted)).toBe('15 %');
    expect(formatZoom(fittedView, { width: 0, height: 0 }, { width: 0, height: 0 })).toBe('');
  });
});

describe('the facts of a photo', () => {
  const details: PhotoDetails = {
    ...tile(1),
    path: '/home/me/IMG_1.jpg',
    folder: '/home/me',
    bytes: 8_123_456,
    changedAt: 0,
    format: 'jpeg',
    copies: [],
  };

  test('what is not known is left out', () => {
    expect(factsOf(details).map(({ name }) => name)).toEqual([
      'File changed',
      'Size',
      'File',
      'Path',
    ]);
  });

  test('a date that was not taken by a camera is called that of the file', () => {
    expect(factsOf({ ...details, takenAt: details.date })[0]?.name).toBe('Taken');
    expect(formatMoment('2024-03-14T15:32:10').at(-1)).toBe('15:32');
    expect(formatMoment('nonsense')).toEqual([]);
  });

  test('exposures read as on a camera', () => {
    const exposed = {
      ...details,
      exposureSeconds: 0.004,
      fNumber: 2.8,
      iso: 100,
      focalLengthMm: 35,
    };
    expect(exposureOf(exposed)).toBe('1/250 s · f/2.8 · ISO 100 · 35 mm');
    expect(exposureOf({ ...details, exposureSeconds: 30 })).toBe('30 s');
    expect(exposureOf({ ...details, exposureSeconds: 0.5, fNumber: 4 })).toBe('0.5 s · f/4');
  });

  test('the maker is not said twice', () => {
    const nikon = { ...details, cameraMake: 'NIKON CORPORATION', cameraModel: 'NIKON D750' };
    expect(cameraOf(nikon)).toBe('NIKON D750');
    expect(cameraOf({ ...details, cameraMake: 'Apple', cameraModel: 'iPhone 13' })).toBe(
      'Apple iPhone 13',
    );
    expect(cameraOf({ ...details, cameraModel: 'X100' })).toBe('X100');
  });

  test('places are coordinates with their half of the earth', () => {
    expect(placeOf({ ...details, latitude: -33.8568, longitude: 151.2153 })).toBe(
      '33.85680° S, 151.21530° E',
    );
    expect(placeOf({ ...details, latitude: 1 })).toBeUndefined();
  });

  test('pixels, bytes and format are told, and where copies lie', () => {
    const facts = factsOf({ ...details, copies: ['/a', '/b'] });
    expect(facts.find(({ name }) => name === 'Size')?.values).toEqual(['3,000 × 2,000 pixels']);
    expect(facts.find(({ name }) => name === 'File')?.values).toEqual(['JPEG · 8.1 MB']);
    const [raw] = factsOf({ ...details, format: 'raw' }).filter(({ name }) => name === 'File');
    expect(raw?.values).toEqual(['RAW, shown by the preview in it · 8.1 MB']);
    expect(facts.at(-1)?.values).toEqual(['/a', '/b']);
  });
});
