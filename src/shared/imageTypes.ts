// Under which type an original is sent: that of a raster image that browsers show, or as bytes to be
// saved. SVG is a document that can run scripts, and is never one here.
import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  tiff: 'image/tiff',
};

/** Formats that the engine decodes and most browsers do not. */
const foreign: readonly string[] = ['heic', 'tiff'];

/** Whether a photo is shown as a JPEG that is made of it. @param format as the engine found it. */
export function needsConversion(format: string | undefined): boolean {
  return format !== undefined && foreign.includes(format);
}

const formats: Readonly<Record<string, string>> = {
  jpg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  apng: 'png',
  tif: 'tiff',
};

/**
 * Undefined for what is to be saved, not shown.
 * @param format as the engine found it; undefined before it looked, when the name must do.
 */
export function imageType(format: string | undefined, name: string): string | undefined {
  const ending = extname(name).slice(1).toLowerCase();
  const kind = format ?? formats[ending] ?? ending;
  return Object.hasOwn(types, kind) ? types[kind] : undefined;
}
