// JPEGs inside RAW photos that are TIFF: CR2, NEF, NRW, ARW, SR2, DNG, ORF, RW2, RWL, PEF, SRW, 3FR …
// Makers put them into the first directory, its chain or below it; Panasonic into a tag, Olympus into
// its notes. What is none of these is not looked for.
import type { Size } from '../geometry.ts';
import { type Bytes, within } from './bytes.ts';
import {
  type Directory,
  firstDirectory,
  readDirectory,
  type Tiff,
  tiffAt,
  walkDirectories,
} from './directories.ts';
import { jpegAt } from './jpegHead.ts';
import type { Previews, Span } from './preview.ts';
import { sorted } from './sorted.ts';

/** TIFF 6.0 and TIFF/EP. */
const imageWidth = 0x0100;
const imageLength = 0x0101;
const compression = 0x0103;
const photometric = 0x0106;
const stripOffsets = 0x0111;
const orientation = 0x0112;
const stripByteCounts = 0x0117;
const jpegStart = 0x0201;
const jpegLength = 0x0202;
const exifDirectory = 0x8769;
const makerNote = 0x927c;
const jpegCompressions = [6, 7];
/** Of photometric: a colour filter array, or its linear form (DNG). */
const sensorData = [32_803, 34_892];
/** DNG: DefaultCropSize. */
const cropSize = 0xc620;
/** Panasonic: JpgFromRaw; sensor borders top, left, bottom, right. */
const panasonicJpeg = 0x002e;
const panasonicBorders = [0x0004, 0x0005, 0x0006, 0x0007];
/** Olympus: CameraSettings, and in it where the preview starts and how long it is. */
const olympusSettings = 0x2020;
const olympusStart = 0x0101;
const olympusLength = 0x0102;

/** How much of the head is handed to the parser of EXIF. */
const exifBytes = 256 * 1024;

export function tiffPreviews(bytes: Bytes): Previews {
  const tiff = tiffAt(bytes, 0);
  if (tiff === undefined) return { previews: [], exif: [], isCut: false };
  const directories = walkDirectories(tiff, firstDirectory(tiff));
  const spans = [...directories.flatMap(spansIn), ...olympusSpans(tiff, directories)];
  const whole = spans.filter(({ end }) => end <= bytes.length);
  const size = photoSize(directories);
  const turned = directories[0]?.number(orientation);
  return {
    previews: sorted(whole.flatMap((span) => jpegAt(bytes, span) ?? [])),
    ...(size === undefined ? {} : { size }),
    ...(turned === undefined ? {} : { orientation: turned }),
    exif: [exifHead(bytes)],
    isCut: whole.length < spans.length,
  };
}

/** Where a directory says that a JPEG lies. What lies there is looked at later. */
function spansIn(directory: Directory): Span[] {
  const spans: (Span | undefined)[] = [directory.span(panasonicJpeg)];
  const start = directory.number(jpegStart);
  const length = directory.number(jpegLength);
  if (start !== undefined && length !== undefined)
    spans.push(spanOf(directory.tiff, start, length));
  const [strip, ...others] = directory.numbers(stripOffsets);
  const isJpeg = jpegCompressions.includes(directory.number(compression) ?? 0);
  if (isJpeg && strip !== undefined && others.length === 0) {
    spans.push(spanOf(directory.tiff, strip, directory.number(stripByteCounts) ?? 0));
  }
  return spans.filter((span) => span !== undefined).filter(({ start, end }) => end > start);
}

function spanOf({ base }: Tiff, start: number, length: number): Span {
  return { start: base + start, end: base + start + length };
}

/** Newer notes are TIFF of their own, whose offsets count from the note's first byte. */
function olympusSpans(tiff: Tiff, directories: readonly Directory[]): Span[] {
  const exif = readDirectory(tiff, directories[0]?.number(exifDirectory) ?? 0);
  const note = exif?.span(makerNote);
  if (note === undefined) return [];
  const name = within(() => tiff.bytes.slice(note.start, 16).toString('latin1')) ?? '';
  const head = name.startsWith('OLYMPUS\0') ? 8 : name.startsWith('OM SYSTEM\0') ? 12 : undefined;
  if (head === undefined) return [];
  const order = name.slice(head, head + 2);
  if (order !== 'II' && order !== 'MM') return [];
  const own = { bytes: tiff.bytes, base: note.start, isLittle: order === 'II' };
  const settings = readDirectory(own, head + 4);
  const below = readDirectory(own, settings?.number(olympusSettings) ?? 0);
  const start = below?.number(olympusStart);
  const length = below?.number(olympusLength);
  return start !== undefined && length ? [spanOf(own, start, length)] : [];
}

/**
 * DNG says which part of the sensor is the photo, Panasonic where its borders are; the others' sensor
 * data is a few pixels larger than the photo, which is settled once the previews are known.
 */
function photoSize(directories: readonly Directory[]): Size | undefined {
  const sizes = [
    ...directories.map((directory) => asSize(directory.numbers(cropSize))),
    ...directories.map(borderedSize),
    largest(directories.filter(isSensorData)),
    largest(directories),
  ];
  return sizes.find((size) => size !== undefined);
}

function isSensorData(directory: Directory): boolean {
  return sensorData.includes(directory.number(photometric) ?? 0);
}

function borderedSize(directory: Directory): Size | undefined {
  const [top, left, bottom, right] = panasonicBorders.map((tag) => directory.number(tag));
  if (!directory.has(panasonicJpeg) || right === undefined || bottom === undefined)
    return undefined;
  return asSize([right - (left ?? 0), bottom - (top ?? 0)]);
}

function largest(directories: readonly Directory[]): Size | undefined {
  const sizes = directories.flatMap(
    (directory) =>
      asSize([directory.number(imageWidth) ?? 0, directory.number(imageLength) ?? 0]) ?? [],
  );
  return sizes.sort((a, b) => b.width * b.height - a.width * a.height)[0];
}

function asSize([width = 0, height = 0]: readonly number[]): Size | undefined {
  return width >= 1 && height >= 1
    ? { width: Math.round(width), height: Math.round(height) }
    : undefined;
}

/** Olympus and Panasonic write other numbers where TIFF has 42; the rest is TIFF. */
function exifHead(bytes: Bytes): Buffer {
  const head = Buffer.from(bytes.slice(0, Math.min(bytes.length, exifBytes)));
  const little = head[0] === 0x49;
  if (head.length > 4) head.set(little ? [0x2a, 0] : [0, 0x2a], 2);
  return head;
}
