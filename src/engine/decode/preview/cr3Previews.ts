// The JPEG in a Canon CR3: ISO base media, with the preview in a box of Canon's own (1620 × 1080) and
// the metadata as three blocks of TIFF.
import { type Bytes, within } from './bytes.ts';
import { firstDirectory, readDirectory, tiffAt } from './directories.ts';
import { jpegAt } from './jpegHead.ts';
import type { Previews, Span } from './preview.ts';

const metadataBox = '85c0b687820f11e08111f4ce462b6a48';
const previewBox = 'eaf42b5e1c984b88b9fbb7dc406e4d16';
/** In the preview's UUID box: its id, then eight bytes, then the box 'PRVW'. */
const beforePreview = 16 + 8;
/** In 'PRVW', from its start: the JPEG's length, then the JPEG. */
const previewLength = 20;
const previewStart = 24;
/** Directory 0, Exif, GPS. */
const blocks = ['CMT1', 'CMT2', 'CMT4'];
const mostBlockBytes = 256 * 1024;
const mostBoxes = 200;

interface Box extends Span {
  readonly type: string;
}

export function cr3Previews(bytes: Bytes): Previews {
  const outer = boxesIn(bytes, { start: 0, end: bytes.length });
  const moov = outer.find(({ type }) => type === 'moov');
  const described = moov && uuidBox(bytes, boxesIn(bytes, moov), metadataBox);
  const metadata = described ? boxesIn(bytes, { ...described, start: described.start + 16 }) : [];
  const preview = uuidBox(bytes, outer, previewBox);
  const span = preview && within(() => previewSpan(bytes, preview));
  const found = span && span.end <= bytes.length ? jpegAt(bytes, span) : undefined;
  const main = metadata.find(({ type }) => type === 'CMT1');
  return {
    previews: found ? [found] : [],
    ...(main ? factsIn(bytes, main) : {}),
    exif: metadata
      .filter(({ type, start, end }) => blocks.includes(type) && end - start < mostBlockBytes)
      .flatMap(({ start, end }) => within(() => bytes.slice(start, end - start)) ?? []),
    isCut: preview === undefined || (span !== undefined && span.end > bytes.length),
  };
}

function previewSpan(bytes: Bytes, box: Span): Span | undefined {
  const start = box.start + beforePreview;
  const head = bytes.slice(start, previewStart);
  if (head.toString('latin1', 4, 8) !== 'PRVW') return undefined;
  const from = start + previewStart;
  return { start: from, end: from + head.readUInt32BE(previewLength) };
}

function factsIn(bytes: Bytes, { start }: Span): Pick<Previews, 'size' | 'orientation'> {
  const tiff = tiffAt(bytes, start);
  const directory = tiff && readDirectory(tiff, firstDirectory(tiff));
  const [width, height] = [directory?.number(0x0100), directory?.number(0x0101)];
  const orientation = directory?.number(0x0112);
  return {
    ...(width && height ? { size: { width, height } } : {}),
    ...(orientation === undefined ? {} : { orientation }),
  };
}

function uuidBox(bytes: Bytes, boxes: readonly Box[], id: string): Box | undefined {
  return boxes.find(
    ({ type, start }) =>
      type === 'uuid' && within(() => bytes.slice(start, 16).toString('hex')) === id,
  );
}

/** The boxes that follow each other in the span, each with the span of what it holds. */
function boxesIn(bytes: Bytes, { start, end }: Span): Box[] {
  const boxes: Box[] = [];
  let at = start;
  while (at + 8 <= end && boxes.length < mostBoxes) {
    const box = within(() => boxAt(bytes, at, end));
    if (box === undefined || box.end <= at) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** ISO 14496-12: a length of 1 stands for 64 bits that follow, one of 0 for 'to the end'. */
function boxAt(bytes: Bytes, at: number, end: number): Box | undefined {
  const head = bytes.slice(at, 8);
  const type = head.toString('latin1', 4, 8);
  const length = head.readUInt32BE(0);
  if (length === 1) {
    const long = Number(bytes.slice(at + 8, 8).readBigUInt64BE());
    return long < 16 ? undefined : { type, start: at + 16, end: Math.min(at + long, end) };
  }
  if (length !== 0 && length < 8) return undefined;
  return { type, start: at + 8, end: length === 0 ? end : Math.min(at + length, end) };
}
