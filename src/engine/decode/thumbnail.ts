// Thumbnails: small WebP copies named after the content's hash, so that copies of a photo share one.
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import { thumbnailPath } from '../../shared/thumbnailPath.ts';
import { fitInside } from './geometry.ts';
import { fromRaster, type Raster } from './raster.ts';

/** Longest side of a thumbnail, in pixels. Smaller photos are not enlarged. */
export const thumbnailSide = 512;

/**
 * Encoding is half of the cost of a small photo. Effort 0 takes a third of the time of the default
 * (4) for a quarter more bytes; see docs/decisions/0003-one-decode.md.
 */
const webp = { quality: 65, effort: 0 };

/**
 * Writes the thumbnail, unless it is there; returns its size in bytes.
 * @throws OcelliError DISK_FULL, DATA_UNWRITABLE
 */
export async function writeThumbnail(
  raster: Raster,
  folder: string,
  sha256: string,
): Promise<number> {
  const path = thumbnailPath(folder, sha256);
  const present = sizeOf(path);
  if (present > 0) return present;
  const size = fitInside(raster, thumbnailSide);
  const bytes = await fromRaster(raster)
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .webp(webp)
    .toBuffer();
  writeWhole(path, bytes);
  return bytes.length;
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
