// What is decoded of a file: its own picture or, where that cannot be decoded (RAW) or costs several
// times as much (JPEG), the preview that the camera stored in it.
import { OcelliError } from '../../shared/errors.ts';
import type { ModelInput } from './decodeJob.ts';
import { headroom, isTransposed, type Size, transposed } from './geometry.ts';
import { type Header, readHeader } from './header.ts';
import { notAnImage, unsupported } from './imageErrors.ts';
import { WholeFile } from './preview/bytes.ts';
import { chooseInstead, choosePreview, photoSize } from './preview/choosePreview.ts';
import { findPreviews, soundOrientation } from './preview/findPreviews.ts';
import { mpfPreviews } from './preview/mpfPreviews.ts';
import { jpegKind, type Sniffed, sniff } from './sniff.ts';

export interface Picture {
  /** What the file is. */
  readonly kind: Sniffed;
  /** The bytes to be decoded: the whole file, or a part of it. */
  readonly content: Buffer;
  /** Of these bytes. */
  readonly header: Header;
  /** Of the photo, upright; a preview is smaller. */
  readonly shown: Size;
  /** Blocks with metadata; the first one to name a fact is believed. */
  readonly exif: readonly Buffer[];
  readonly isPreview: boolean;
  /** What is decoded where this is damaged: the photo of which it is a preview. */
  readonly original?: Picture;
}

/**
 * @throws OcelliError NOT_AN_IMAGE, FORMAT_UNSUPPORTED, IMAGE_TOO_LARGE, IMAGE_DAMAGED
 */
export async function pictureIn(
  content: Buffer,
  path: string,
  input: ModelInput,
  maxPixels: number,
): Promise<Picture> {
  const kind = sniff(content);
  if (kind === undefined) throw notAnImage(path);
  if (!kind.decodable) return previewIn(content, kind, path, input, maxPixels);
  const header = await readHeader(content, kind, path, maxPixels);
  const exif = header.exif === undefined ? [] : [header.exif];
  const whole = { kind, content, header, shown: header.shown, exif, isPreview: false };
  return (await previewOf(whole, path, input)) ?? whole;
}

/** Of a JPEG that carries one; not where colours are told by a profile, which previews lack. */
async function previewOf(
  original: Picture,
  path: string,
  input: ModelInput,
): Promise<Picture | undefined> {
  const { kind, content: file, header } = original;
  if (kind.format !== 'jpeg' || header.colours !== 'plain' || header.space !== 'srgb')
    return undefined;
  const previews = mpfPreviews(new WholeFile(file));
  const preview = chooseInstead(previews, header.stored, input.size * headroom);
  if (preview === undefined) return undefined;
  const content = file.subarray(preview.start, preview.end);
  const own = await readHeader(
    content,
    jpegKind,
    path,
    header.stored.width * header.stored.height,
  ).catch(() => undefined);
  if (own === undefined) return undefined;
  const { orientation } = header;
  const shown = isTransposed(orientation) ? transposed(own.stored) : own.stored;
  return {
    ...original,
    content,
    header: { ...own, orientation, shown },
    isPreview: true,
    original,
  };
}

/** The orientation is that of the RAW file: its previews mostly have none of their own. */
async function previewIn(
  file: Buffer,
  kind: Sniffed,
  path: string,
  input: ModelInput,
  maxPixels: number,
): Promise<Picture> {
  if (kind.previews === undefined) throw unsupported(path, kind);
  const found = findPreviews(new WholeFile(file), kind.previews);
  const preview = choosePreview(found, input.size * headroom);
  if (preview === undefined) throw found.isCut ? cutOff(path) : unsupported(path, kind);
  const content = file.subarray(preview.start, preview.end);
  const own = await readHeader(content, jpegKind, path, maxPixels);
  const orientation = soundOrientation(found.orientation) ?? own.orientation;
  const upright = (size: Size) => (isTransposed(orientation) ? transposed(size) : size);
  return {
    kind,
    content,
    header: { ...own, orientation, shown: upright(own.stored) },
    shown: upright(photoSize(found) ?? own.stored),
    exif: own.exif === undefined ? found.exif : [...found.exif, own.exif],
    isPreview: true,
  };
}

function cutOff(path: string): OcelliError {
  const what = 'it is cut off, or part of it is unreadable';
  return new OcelliError('IMAGE_DAMAGED', `The image is damaged (${what}): ${path}`);
}
