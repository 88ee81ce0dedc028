// Thumbnails: small WebP copies named after the content's hash, so that copies of a photo share one.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import { fitInside } from './geometry.ts';
import { fromRaster, type Raster } from './raster.ts';

/** Longest side of a thumbnail, in pixels. Smaller photos are not enlarged. */
export const thumbnailSide = 512;

/**
 * Encoding is half of the cost of a small photo. Effort 0 takes a third of the time of the default
 * (4) for a fifth more bytes; see docs/decisions/0003-one-decode.md.
 */
const webp = { quality: 72, effort: 0 };

export function thumbnailPath(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), `${sha256}.webp`);
}

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
  const present = await stat(path).catch(() => undefined);
  if (present !== undefined && present.size > 0) return present.size;
  const size = fitInside(raster, thumbnailSide);
  const bytes = await fromRaster(raster)
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .webp(webp)
    .toBuffer();
  await writeWhole(path, bytes);
  return bytes.length;
}

/** A reader sees the whole file or none: written beside its place, then renamed into it. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, bytes).catch(async (error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, bytes);
    });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writingError(path, cause);
  }
}

function writingError(path: string, cause: unknown): OcelliError {
  const code = systemCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OcelliError('DISK_FULL', `No space is left to write the thumbnail ${path}`, {
      cause,
    });
  }
  return new OcelliError('DATA_UNWRITABLE', `Cannot write the thumbnail (${code}): ${path}`, {
    cause,
  });
}
