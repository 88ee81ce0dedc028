// What the head of an image file says: size, orientation, colour profile, EXIF. No pixel is decoded.
import type { Metadata } from 'sharp';
import { OcelliError } from '../../shared/errors.ts';
import { isTransposed, type Size, transposed } from './geometry.ts';
import { imageError } from './imageErrors.ts';
import { sharp } from './sharpSettings.ts';
import type { Sniffed } from './sniff.ts';

/**
 * plain: no colour profile, or one that says that the pixels are sRGB already; profiled: a profile
 * to convert from; deep: the same at 16 bits a channel, which sharp converts to Display P3 first.
 */
export type Colours = 'plain' | 'profiled' | 'deep';

export interface Header {
  readonly kind: Sniffed;
  /** As stored, before orientation. */
  readonly stored: Size;
  /** As people see it, after orientation. */
  readonly shown: Size;
  /** EXIF orientation, 1 to 8. */
  readonly orientation: number;
  readonly exif?: Buffer;
  /** libvips' name of how colours are stored: 'srgb', 'b-w', 'cmyk' … */
  readonly space: string;
  readonly colours: Colours;
  /** ICC; where `colours` is not plain. */
  readonly profile?: Buffer;
}

/** @throws OcelliError IMAGE_TOO_LARGE, IMAGE_DAMAGED, FORMAT_UNSUPPORTED */
export async function readHeader(
  content: Buffer,
  kind: Sniffed,
  path: string,
  maxPixels: number,
): Promise<Header> {
  // The limit is checked here rather than by sharp, so that the message can name the size.
  const metadata = await sharp(content, { limitInputPixels: false, failOn: 'none' })
    .metadata()
    .catch((error: unknown) => {
      throw imageError(path, kind, error);
    });
  const stored = { width: metadata.width, height: metadata.pageHeight ?? metadata.height };
  if (stored.width * stored.height > maxPixels) {
    const megapixels = Math.round((stored.width * stored.height) / 1e6);
    throw new OcelliError(
      'IMAGE_TOO_LARGE',
      `The image is too large, ${stored.width} × ${stored.height} (${megapixels} megapixels): ${path}`,
    );
  }
  const orientation = metadata.orientation ?? 1;
  const colours = coloursOf(metadata);
  const { exif, icc, space } = metadata;
  return {
    kind,
    stored,
    shown: isTransposed(orientation) ? transposed(stored) : stored,
    orientation,
    colours,
    space,
    ...(exif === undefined ? {} : { exif }),
    ...(icc === undefined || colours === 'plain' ? {} : { profile: icc }),
  };
}

function coloursOf({ icc, space }: Metadata): Colours {
  if (icc === undefined || isSrgbProfile(icc)) return 'plain';
  return space === 'rgb16' ? 'deep' : 'profiled';
}

/**
 * Whether an ICC profile calls itself sRGB in its description (the 'desc' tag: plain or UTF-16
 * text). Converting sRGB to sRGB changes a pixel by less than one level and costs as much as
 * decoding it.
 */
export function isSrgbProfile(icc: Buffer): boolean {
  const tags = Math.min(icc.length >= 132 ? icc.readUInt32BE(128) : 0, 100);
  for (let tag = 0; tag < tags; tag++) {
    const entry = 132 + tag * 12;
    if (icc.length < entry + 12) return false;
    if (icc.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const start = icc.readUInt32BE(entry + 4);
    const description = icc.toString(
      'latin1',
      start,
      start + Math.min(icc.readUInt32BE(entry + 8), 256),
    );
    return description.replaceAll('\0', '').includes('sRGB');
  }
  return false;
}
