// The one decode of a photo: file content → plain sRGB pixels, upright, at a size from which both
// the model's input and the thumbnail are made. See docs/decisions/0003-one-decode.md.
import { isTransposed, type Size, shrinkFor, transposed } from './geometry.ts';
import type { Header } from './header.ts';
import { heicPixels } from './heic/heicPixels.ts';
import { plainTiff } from './heic/plainTiff.ts';
import { imageError, isVisibleJpegDamage } from './imageErrors.ts';
import { type Raster, upright } from './raster.ts';
import { release } from './release.ts';
import { sharp } from './sharpSettings.ts';

type Strictness = 'warning' | 'error';

/**
 * @param size of the result, after orientation: the image's own, or smaller
 * @throws OcelliError IMAGE_DAMAGED, FORMAT_UNSUPPORTED, IMAGE_TOO_LARGE
 */
export async function decodePixels(
  content: Buffer,
  header: Header,
  size: Size,
  path: string,
): Promise<Raster> {
  const target = isTransposed(header.orientation) ? transposed(size) : size;
  try {
    return await upright(await decode(content, header, target), header.orientation);
  } catch (error) {
    throw imageError(path, header.kind, error);
  }
}

function decode(content: Buffer, header: Header, target: Size): Promise<Raster> {
  if (header.kind.format === 'jpeg') return decodeJpeg(content, header, target);
  if (header.kind.format === 'heic') return decodeHeic(content, header, target);
  return decodeAt(content, header, target, 'error');
}

/** HEVC knows no scaled decoding: all of it is decoded, made as small as JPEG's would be, and scaled. */
async function decodeHeic(content: Buffer, header: Header, target: Size): Promise<Raster> {
  const pixels = await heicPixels(content, shrinkFor(header.stored, target));
  const tiff = plainTiff(pixels, header.profile);
  release(pixels.data);
  const { width, height } = pixels;
  const raster = await decodeAt(tiff, { ...header, stored: { width, height } }, target, 'error');
  release(tiff);
  return raster;
}

/**
 * [Note: Damaged JPEGs] Other programs show a JPEG that is cut in the middle as half a picture and
 * half grey. Indexed, that is a photo found by its greyness, and nobody learns that a copy should
 * be fetched while there still is one. So what costs pixels that people see is refused. What costs
 * none is not: stray bytes before the end mark, or no end mark at all (some cameras and recovery
 * tools leave it out). As measured, a picture which lacks no more than part of its last row of
 * blocks (up to 16 pixels of its height) passes as well.
 */
async function decodeJpeg(content: Buffer, header: Header, target: Size): Promise<Raster> {
  try {
    return await decodeAt(content, header, target, 'warning');
  } catch (error) {
    if (!isVisibleJpegDamage(error)) return decodeAt(content, header, target, 'error');
    if (!/premature end of JPEG image/.test(String(error))) throw error;
    const ended = Buffer.concat([content, Buffer.from([0xff, 0xd9])]);
    return decodeAt(ended, header, target, 'warning');
  }
}

/**
 * Orientation is left to `upright`: told to orient, sharp would decode a JPEG at its full size.
 * White lies behind transparency, because what is drawn on nothing (logos, notes, scans) is mostly
 * dark and meant for paper; on black it would vanish from the thumbnail and from the embedding.
 */
async function decodeAt(
  content: Buffer,
  header: Header,
  target: Size,
  failOn: Strictness,
): Promise<Raster> {
  const { stored, colours } = header;
  const limitInputPixels = stored.width * stored.height;
  let image = sharp(content, { failOn, limitInputPixels, ignoreIcc: colours === 'plain' });
  if (target.width !== stored.width || target.height !== stored.height) {
    image = image.resize({ ...target, fit: 'fill', kernel: 'cubic' });
  }
  if (colours === 'deep') image = image.withIccProfile('srgb');
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`Expected 3 channels but received ${info.channels}`);
  return { data, width: info.width, height: info.height };
}
