// A JPEG's size, read from its head, and whether it is one that can be decoded.
import type { Size } from '../geometry.ts';
import { type Bytes, within } from './bytes.ts';
import type { Preview, Span } from './preview.ts';

/** Baseline, extended and progressive (ITU T.81, table B.1). Lossless ones are sensor data. */
const decodable = new Set([0xc0, 0xc1, 0xc2]);
/** No segment follows: TEM, RSTn, SOI. */
const bare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
const startOfScan = 0xda;
const endOfImage = 0xd9;
/** APP0 and APP1. */
const jfif = 0xe0;
const exif = 0xe1;
const mostSegments = 200;

/** Where a JPEG that browsers and sharp can decode lies in the span, or undefined. */
export function jpegAt(bytes: Bytes, span: Span): Preview | undefined {
  const end = Math.min(span.end, bytes.length);
  return within(() => readHead(bytes, { start: span.start, end }));
}

function readHead(bytes: Bytes, { start, end }: Span): Preview | undefined {
  if (bytes.slice(start, 2).readUInt16BE() !== 0xffd8) return undefined;
  let at = start + 2;
  let bodyStart = at;
  for (let segment = 0; segment < mostSegments && at + 4 <= end; segment++) {
    const head = bytes.slice(at, 4);
    const marker = head.readUInt8(1);
    if (head.readUInt8(0) !== 0xff || marker === startOfScan || marker === endOfImage) break;
    if (decodable.has(marker)) {
      const size = frameSize(bytes.slice(at + 4, 6));
      return size && { start, end, bodyStart, ...size };
    }
    if (isFrame(marker)) break;
    const isNote = at === bodyStart && (marker === jfif || marker === exif);
    if (marker === 0xff) at += 1;
    else at += bare(marker) ? 2 : 2 + Math.max(2, head.readUInt16BE(2));
    if (isNote) bodyStart = at;
  }
  return undefined;
}

/** SOF: precision, height, width, number of components. */
function frameSize(frame: Buffer): Size | undefined {
  const [height, width] = [frame.readUInt16BE(1), frame.readUInt16BE(3)];
  const isPicture = frame.readUInt8(0) === 8 && [1, 3].includes(frame.readUInt8(5));
  return isPicture && width > 0 && height > 0 ? { width, height } : undefined;
}

/** Of the kinds of frame that are not in `decodable`; 0xc4, 0xc8 and 0xcc are no frames. */
function isFrame(marker: number): boolean {
  return marker >= 0xc3 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
