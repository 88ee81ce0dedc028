// The JPEG in a Fujifilm RAF: its place stands at a fixed offset, and the metadata is its own. All
// numbers are big-endian.
import type { Size } from '../geometry.ts';
import { type Bytes, within } from './bytes.ts';
import { jpegAt } from './jpegHead.ts';
import type { Previews } from './preview.ts';

/** The head's directory: start and length of the JPEG, start of the records about the sensor. */
const directoryAt = 84;
/** A record: height and width of the photo within the sensor. */
const croppedSize = 0x0111;
const mostRecords = 255;

export function rafPreviews(bytes: Bytes): Previews {
  const directory = within(() => bytes.slice(directoryAt, 12));
  if (directory === undefined) return { previews: [], exif: [], isCut: true };
  const start = directory.readUInt32BE(0);
  const end = start + directory.readUInt32BE(4);
  const preview = jpegAt(bytes, { start, end });
  const size = within(() => photoSize(bytes, directory.readUInt32BE(8)));
  const isCut = end > bytes.length;
  return {
    previews: preview && !isCut ? [preview] : [],
    ...(size === undefined ? {} : { size }),
    exif: [],
    isCut,
  };
}

function photoSize(bytes: Bytes, start: number): Size | undefined {
  const records = Math.min(bytes.slice(start, 4).readUInt32BE(), mostRecords);
  let at = start + 4;
  for (let record = 0; record < records; record++) {
    const head = bytes.slice(at, 8);
    if (head.readUInt16BE(0) === croppedSize) {
      const [height, width] = [head.readUInt16BE(4), head.readUInt16BE(6)];
      return width > 0 && height > 0 ? { width, height } : undefined;
    }
    at += 4 + head.readUInt16BE(2);
  }
  return undefined;
}
