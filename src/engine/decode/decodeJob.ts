// What a decoder is asked and what it answers. Both cross a process boundary as structured clones,
// so they hold plain data only.
import type { PhotoMetadata } from '../../shared/photoMetadata.ts';

/** What of a model's image tower decides the pixels that it sees. */
export interface ModelInput {
  /** Side of the square, in pixels. */
  readonly size: number;
  readonly resize: 'shortest-side' | 'squash';
  readonly crop: 'centre' | 'none';
  readonly interpolation: 'cubic' | 'linear';
}

export interface DecodeJob {
  /** Absolute path of the photo. */
  readonly path: string;
  /**
   * SHA-256 (hex) of contents of the same byte size that need no work. Where the file's own hash
   * is among them, nothing is decoded. 'many': they are too many to name, and only the hash is
   * wanted.
   */
  readonly known: readonly string[] | 'many';
  readonly input: ModelInput;
  /** Thumbnails are written to `<folder>/<ab>/<sha256>.jpg`, where `ab` begins the hash. */
  readonly thumbnailFolder: string;
  /** Most pixels (width × height) of an image that is decoded: the limit against bombs. */
  readonly maxPixels: number;
}

/** `Pixels` is what stands for them on their way to an embedder. */
export interface DecodedImage<Pixels = Uint8Array> extends PhotoMetadata {
  /**
   * 'jpeg', 'png', 'webp', 'avif', 'heic', 'gif' or 'tiff'; 'raw' where the pixels are those of the
   * preview that the camera stored in the file.
   */
  readonly format: string;
  /** The photo's pixels, after orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8. It is already applied to everything here. */
  readonly orientation: number;
  /** What the model sees: size × size × 3 bytes, RGB, sRGB, row by row. */
  readonly pixels: Pixels;
  readonly thumbnailBytes: number;
}

/** Milliseconds of wall time that each step took; 0 for a step that was not needed. */
export interface DecodeTimes {
  readonly readMs: number;
  readonly hashMs: number;
  readonly decodeMs: number;
  readonly thumbnailMs: number;
}

export interface DecodedPhoto<Pixels = Uint8Array> {
  /** Of the file's bytes, 64 hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** The hash was among `known`, and there is no `image`; undefined where only the hash was wanted. */
  readonly known: boolean | undefined;
  readonly image?: DecodedImage<Pixels>;
  readonly times: DecodeTimes;
}
