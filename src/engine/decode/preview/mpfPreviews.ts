// Previews that cameras append to their JPEGs, as CIPA's Multi-Picture Format (DC-007) lists them in
// an APP2 segment: 'large thumbnails', of VGA or full HD size. Other pictures in the list (a second
// eye's, a gain map) are not of the same kind and not taken.
import { type Bytes, within } from './bytes.ts';
import { firstDirectory, readDirectory, type Tiff, tiffAt } from './directories.ts';
import { jpegAt } from './jpegHead.ts';
import type { Preview, Span } from './preview.ts';
import { sorted } from './sorted.ts';

const entriesTag = 0xb002;
const entryBytes = 16;
/** Of an entry's attributes: the type without its flags. */
const typeMask = 0xffffff;
const largeThumbnails = [0x010001, 0x010002, 0x010003, 0x010004, 0x010005];
const mostEntries = 16;
const mostSegments = 100;

/**
 * None where the list does not fit the file: programs that edit a photo may leave the list and the
 * preview as they were, and then the preview shows what the photo was before. So the list must give
 * the photo's own length, and the photo end there.
 */
export function mpfPreviews(bytes: Bytes): Preview[] {
  const head = within(() => findHead(bytes));
  const tiff = head === undefined ? undefined : tiffAt(bytes, head);
  if (tiff === undefined) return [];
  const list = readDirectory(tiff, firstDirectory(tiff))?.span(entriesTag);
  const entries = list === undefined ? undefined : within(() => readEntries(tiff, list));
  const [photo, ...others] = entries ?? [];
  if (photo === undefined || !endsAsJpeg(bytes, photo.length)) return [];
  const spans = others
    .filter(({ type }) => largeThumbnails.includes(type))
    .map(({ offset, length }) => ({ start: tiff.base + offset, end: tiff.base + offset + length }))
    .filter(({ start, end }) => start >= photo.length && end <= bytes.length);
  return sorted(spans.flatMap((span) => jpegAt(bytes, span) ?? []));
}

interface Entry {
  readonly type: number;
  readonly length: number;
  readonly offset: number;
}

function readEntries({ bytes, isLittle }: Tiff, { start, end }: Span): Entry[] {
  const count = Math.min(Math.floor((end - start) / entryBytes), mostEntries);
  const table = bytes.slice(start, count * entryBytes);
  const u32 = (at: number) => (isLittle ? table.readUInt32LE(at) : table.readUInt32BE(at));
  return Array.from({ length: count }, (_, index) => ({
    type: u32(index * entryBytes) & typeMask,
    length: u32(index * entryBytes + 4),
    offset: u32(index * entryBytes + 8),
  }));
}

/** Where the byte order of the MPF segment stands: its offsets count from there. */
function findHead(bytes: Bytes): number | undefined {
  let at = 2;
  for (let segment = 0; segment < mostSegments; segment++) {
    const head = bytes.slice(at, 8);
    const marker = head.readUInt16BE(0);
    if (marker < 0xffe0 || marker > 0xffef) return undefined;
    if (marker === 0xffe2 && head.toString('latin1', 4, 8) === 'MPF\0') return at + 8;
    at += 2 + head.readUInt16BE(2);
  }
  return undefined;
}

/** Some cameras fill up with zeros after the end mark. */
function endsAsJpeg(bytes: Bytes, length: number): boolean {
  const tail = within(() => bytes.slice(length - 2, 2).toString('hex'));
  return tail === 'ffd9';
}
