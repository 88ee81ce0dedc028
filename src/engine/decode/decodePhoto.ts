// The decoder's whole work on one photo: read once, hash, and unless the content is known, decode
// once and make from that what the model sees, the thumbnail and the metadata.
import { createHash } from 'node:crypto';
import { OcelliError } from '../../shared/errors.ts';
import { thumbnailPath } from '../../shared/thumbnailPath.ts';
import type { DecodedImage, DecodedPhoto, DecodeJob } from './decodeJob.ts';
import { decodePixels } from './decodePixels.ts';
import { decodeSize } from './geometry.ts';
import { unsupported } from './imageErrors.ts';
import { readMetadata } from './metadata.ts';
import { type Picture, pictureIn } from './picture.ts';
import { modelPixels } from './pixels.ts';
import { hasBlackBars } from './preview/blackBars.ts';
import type { Raster } from './raster.ts';
import { readPhoto } from './readPhoto.ts';
import { release } from './release.ts';
import { isItsOwnThumbnail, thumbnailSide, writeThumbnail } from './thumbnail.ts';

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  /** A file's content. Default: as readPhoto. */
  read?(path: string): Promise<Buffer>;
}

/**
 * @throws OcelliError FILE_EMPTY, FILE_GONE, FILE_UNREADABLE, FILE_TOO_LARGE, FORMAT_UNSUPPORTED,
 * NOT_AN_IMAGE, IMAGE_DAMAGED, IMAGE_TOO_LARGE, DISK_FULL, DATA_UNWRITABLE; CANCELLED when `signal`
 * is aborted, which is looked at between the steps. Broken metadata never fails a photo.
 */
export async function decodePhoto(
  job: DecodeJob,
  { signal, read = readPhoto }: DecodeOptions = {},
): Promise<DecodedPhoto> {
  const start = performance.now();
  const content = await read(job.path);
  stopIfAborted(signal);
  const got = performance.now();
  const sha256 = createHash('sha256').update(content).digest('hex');
  const hashed = performance.now();
  const bytes = content.length;
  const times = { readMs: got - start, hashMs: hashed - got, decodeMs: 0, thumbnailMs: 0 };
  if (job.known === 'many') return { sha256, bytes, known: undefined, times };
  if (job.known.includes(sha256)) return { sha256, bytes, known: true, times };

  const { image, thumbnailMs } = await decodeImage(job, content, sha256, signal);
  release(content);
  const decodeMs = performance.now() - hashed - thumbnailMs;
  return { sha256, bytes, known: false, image, times: { ...times, decodeMs, thumbnailMs } };
}

async function decodeImage(
  job: DecodeJob,
  content: Buffer,
  sha256: string,
  signal: AbortSignal | undefined,
): Promise<{ image: DecodedImage; thumbnailMs: number }> {
  const found = await pictureIn(content, job.path, job.input, job.maxPixels);
  const { raster, picture } = await decodePicture(found, job);
  const { kind, header, shown, isPreview } = picture;
  stopIfAborted(signal);
  if (isPreview && hasBlackBars(raster, shown)) throw unsupported(job.path, kind);
  const pixels = await modelPixels(raster, header.shown, job.input);
  const start = performance.now();
  const thumbnailBytes = await writeThumbnail({
    raster,
    whole: !isPreview && isItsOwnThumbnail(header, content) ? content : undefined,
    path: thumbnailPath(job.thumbnailFolder, sha256),
  });
  const thumbnailMs = performance.now() - start;
  release(raster.data);
  const image = {
    format: kind.format,
    ...shown,
    orientation: header.orientation,
    ...readMetadata(picture.exif),
    pixels,
    thumbnailBytes,
  };
  return { image, thumbnailMs };
}

async function decodePicture(
  picture: Picture,
  job: DecodeJob,
): Promise<{ raster: Raster; picture: Picture }> {
  const { content, header, original } = picture;
  const size = decodeSize(header.shown, job.input, thumbnailSide);
  try {
    return { raster: await decodePixels(content, header, size, job.path), picture };
  } catch (error) {
    if (original === undefined) throw error;
    return decodePicture(original, job);
  }
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new OcelliError('CANCELLED', 'Decoding was cancelled.');
}
