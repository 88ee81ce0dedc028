// EXIF → the few fields that people search and sort by. Whatever is malformed is left out: a photo
// with broken metadata is still a photo.
import exifReader from 'exif-reader';
import type { PhotoMetadata } from '../../shared/photoMetadata.ts';
import { readPlace } from './exifPlace.ts';
import { positive, type Tags, tagsOf, text } from './exifTags.ts';
import { readTakenAt } from './exifTime.ts';

/** JPEG limits EXIF to 64 KiB; other containers do not, and the parser is slow on nonsense. */
const mostExifBytes = 256 * 1024;

interface Exif {
  readonly image: Tags;
  readonly photo: Tags;
  readonly place: Tags;
}

/**
 * The metadata in EXIF blocks as sharp hands them out ('Exif\0\0', then TIFF) or as RAW photos hold
 * them (TIFF). The first one to name a fact is believed.
 */
export function readMetadata(blocks: readonly Buffer[]): PhotoMetadata {
  return Object.assign({}, ...blocks.map(readBlock).reverse());
}

function readBlock(block: Buffer): PhotoMetadata {
  const exif = block.length > mostExifBytes ? undefined : parse(block);
  if (exif === undefined) return {};
  const { image, photo, place } = exif;
  return withoutUndefined({
    takenAt: readTakenAt(image, photo),
    cameraMake: text(image['Make']),
    cameraModel: text(image['Model']),
    lens: text(photo['LensModel']) ?? text(image['LensModel']),
    ...readPlace(place),
    exposureSeconds: positive(photo['ExposureTime'] ?? image['ExposureTime']),
    fNumber: positive(photo['FNumber'] ?? image['FNumber']),
    iso: positive(photo['ISOSpeedRatings'] ?? photo['ISOSpeed'] ?? image['ISOSpeedRatings']),
    focalLengthMm: positive(photo['FocalLength'] ?? image['FocalLength']),
  });
}

function parse(block: Buffer): Exif | undefined {
  try {
    const exif = exifReader(block);
    return { image: tagsOf(exif.Image), photo: tagsOf(exif.Photo), place: tagsOf(exif.GPSInfo) };
  } catch {
    return undefined;
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  const result: Defined<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) Object.assign(result, { [key]: value });
  }
  return result;
}
