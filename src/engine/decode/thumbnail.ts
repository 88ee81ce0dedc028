// Thumbnails: small JPEGs named after the content's hash, so that copies of a photo share one.
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import { fitInside } from './geometry.ts';
import type { Header } from './header.ts';
import { fromRaster, type Raster } from './raster.ts';
import { release } from './release.ts';

/** Longest side of a thumbnail, in pixels. Smaller photos are not enlarged. */
export const thumbnailSide = 512;

/**
 * Encoding counts: with WebP it was half of the cost of a small photo. JPEG looks as good in about
 * as many bytes for a fifth of the time; see docs/decisions/0003-one-decode.md.
 */
const jpeg = { quality: 70, optimiseCoding: false };

/** A file larger than this is not a small picture, however few pixels it has: 256 KiB. */
const mostBytesOfOwn = 2 ** 18;

/**
 * Whether the file itself can be the thumbnail: a JPEG of the size of one. It costs no encoding and
 * no quality. Browsers turn it upright and convert its colours, except from CMYK.
 */
export function isItsOwnThumbnail({ kind, stored, space }: Header, content: Buffer): boolean {
  return (
    kind.format === 'jpeg' &&
    Math.max(stored.width, stored.height) <= thumbnailSide &&
    content.length <= mostBytesOfOwn &&
    (space === 'srgb' || space === 'b-w')
  );
}

export interface ThumbnailSource {
  readonly raster: Raster;
  /** The file's bytes, where they are to be the thumbnail. */
  readonly whole: Buffer | undefined;
  readonly path: string;
}

/**
 * Writes the thumbnail, unless it is there; returns its size in bytes.
 * @throws OcelliError DISK_FULL, DATA_UNWRITABLE
 */
export async function writeThumbnail({ raster, whole, path }: ThumbnailSource): Promise<number> {
  const present = sizeOf(path);
  if (present > 0) return present;
  const bytes = whole ?? (await encoded(raster));
  writeWhole(path, bytes);
  const { length } = bytes;
  if (!whole) release(bytes);
  return length;
}

function encoded(raster: Raster): Promise<Buffer> {
  const size = fitInside(raster, thumbnailSide);
  const fitted =
    size.width === raster.width && size.height === raster.height
      ? fromRaster(raster)
      : fromRaster(raster).resize({ ...size, fit: 'fill', kernel: 'cubic' });
  return fitted.jpeg(jpeg).toBuffer();
}

function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0; // what is wrong with the folder is said by the writing below
  }
}

/**
 * A reader sees the whole file or none: written beside its place, then renamed into it. The calls
 * are synchronous because each hop to the thread pool costs more CPU than these bytes do; the data
 * folder is local, and nobody waits in this process.
 */
function writeWhole(path: string, bytes: Buffer): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeIntoFolder(temporary, bytes);
    renameSync(temporary, path);
  } catch (cause) {
    discard(temporary);
    throw writingError(path, cause);
  }
}

function writeIntoFolder(path: string, bytes: Buffer): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // the error that led here says more
  }
}

/** What a failed write of the thumbnail means; exported for its test, which has no full disk. */
export function writingError(path: string, cause: unknown): OcelliError {
  const code = systemCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OcelliError('DISK_FULL', `No space is left for the thumbnail ${path}`, { cause });
  }
  const reason = code ?? 'unknown reason';
  return new OcelliError('DATA_UNWRITABLE', `Cannot write the thumbnail (${reason}): ${path}`, {
    cause,
  });
}
