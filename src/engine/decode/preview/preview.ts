// What is known of the pictures inside a file, whichever container they were found in.
import type { Size } from '../geometry.ts';

/** Bytes `start` to `end` (exclusive) of the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A JPEG inside a file; width and height as stored, before orientation. */
export interface Preview extends Span, Size {
  /** Behind its mark, JFIF and EXIF: where the rest begins when these are exchanged. */
  readonly bodyStart: number;
}

export interface Previews {
  /** Sound ones by their heads; smallest first. */
  readonly previews: readonly Preview[];
  /** Of the photo itself as stored, before orientation; undefined where the file does not tell. */
  readonly size?: Size;
  /** EXIF orientation of the photo, 1 to 8; undefined where the file leaves it to the preview. */
  readonly orientation?: number;
  /** TIFF blocks with the photo's metadata; the first one to name a fact is believed. */
  readonly exif: readonly Buffer[];
  /** A preview is named that lies beyond the file's end. */
  readonly isCut: boolean;
}

/** The container whose parser finds them. */
export type PreviewContainer = 'tiff' | 'raf' | 'cr3';
