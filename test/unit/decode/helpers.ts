// What the decoder's tests share: a temporary folder, pictures drawn by sharp, and a decode of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll } from 'vitest';
import type {
  DecodedImage,
  DecodedPhoto,
  DecodeJob,
} from '../../../src/engine/decode/decodeJob.ts';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { OcelliError } from '../../../src/shared/errors.ts';

export const input = {
  size: 224,
  resize: 'shortest-side',
  crop: 'centre',
  interpolation: 'cubic',
} as const;

export type Rgb = readonly [number, number, number];

/** A folder that vanishes with the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ocelli-decode-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function solid(width: number, height: number, [r, g, b]: Rgb, alpha?: number): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels: alpha === undefined ? 3 : 4,
      background: { r, g, b, alpha: alpha ?? 1 },
    },
  });
}

export function jobFor(folder: string, path: string, changes: Partial<DecodeJob> = {}): DecodeJob {
  const thumbnailFolder = join(folder, 'thumbnails');
  return { path, known: [], input, thumbnailFolder, maxPixels: 268_000_000, ...changes };
}

export function writeFile(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export async function decodeContent(
  folder: string,
  name: string,
  content: Uint8Array | string,
  changes: Partial<DecodeJob> = {},
): Promise<DecodedPhoto> {
  return decodePhoto(jobFor(folder, writeFile(folder, name, content), changes));
}

export function imageOf(photo: DecodedPhoto): DecodedImage {
  if (photo.image === undefined) throw new Error('Expected an image but the photo is known');
  return photo.image;
}

/** The colour of the model input at (x, y). */
export function pixelAt(image: DecodedImage, x: number, y: number): number[] {
  const start = (y * input.size + x) * 3;
  return [...image.pixels.subarray(start, start + 3)];
}

/** The largest difference of a channel between two colours. */
export function difference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN))));
}

/** The OcelliError that the work is refused with. */
export async function refusal(work: Promise<unknown>): Promise<OcelliError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OcelliError) return error;
    throw error;
  }
  throw new Error('Expected a refusal');
}
