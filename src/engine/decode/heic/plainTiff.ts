// Pixels and their colour profile as a TIFF without compression: sharp takes a profile from a file
// only. TIFF 6.0, little-endian; ICC.1:2022, annex B.4 for the profile's tag.
import type { Pixels } from './shrunk.ts';

interface Field {
  readonly tag: number;
  readonly type: 'short' | 'long' | 'bytes';
  readonly values: readonly number[] | Buffer;
}

const types = { short: { id: 3, bytes: 2 }, long: { id: 4, bytes: 4 }, bytes: { id: 7, bytes: 1 } };
const headBytes = 8;
const fieldBytes = 12;
/** Readers hold a strip at a time. */
const rowsPerStrip = 64;

/** @param profile ICC; none: the colours are sRGB. */
export function plainTiff({ width, height, data }: Pixels, profile?: Buffer): Buffer {
  const strips = Math.ceil(height / rowsPerStrip);
  const stripBytes = rowsPerStrip * width * 3;
  const lengths = Array.from({ length: strips }, (_, i) =>
    Math.min(stripBytes, data.length - i * stripBytes),
  );
  const fields = (start: number): Field[] => [
    { tag: 256, type: 'long', values: [width] },
    { tag: 257, type: 'long', values: [height] },
    { tag: 258, type: 'short', values: [8, 8, 8] },
    { tag: 259, type: 'short', values: [1] }, // no compression
    { tag: 262, type: 'short', values: [2] }, // RGB
    { tag: 273, type: 'long', values: lengths.map((_, i) => start + i * stripBytes) },
    { tag: 277, type: 'short', values: [3] },
    { tag: 278, type: 'long', values: [rowsPerStrip] },
    { tag: 279, type: 'long', values: lengths },
    { tag: 284, type: 'short', values: [1] }, // one pixel after the other
    ...(profile ? [{ tag: 34_675, type: 'bytes', values: profile } as const] : []),
  ];
  const directory = directoryOf(fields(0));
  return Buffer.concat([head(), directoryOf(fields(headBytes + directory.length)), data]);
}

function head(): Buffer {
  const bytes = Buffer.from('II*\0\0\0\0\0', 'latin1');
  bytes.writeUInt32LE(headBytes, 4);
  return bytes;
}

/** Follows the head at once; values of more than four bytes lie behind it. */
function directoryOf(fields: readonly Field[]): Buffer {
  const table = Buffer.alloc(2 + fields.length * fieldBytes + 4);
  const behind: Buffer[] = [];
  let next = headBytes + table.length;
  table.writeUInt16LE(fields.length, 0);
  for (const [i, { tag, type, values }] of fields.entries()) {
    const at = 2 + i * fieldBytes;
    const bytes = bytesOf(type, values);
    table.writeUInt16LE(tag, at);
    table.writeUInt16LE(types[type].id, at + 2);
    table.writeUInt32LE(values.length, at + 4);
    if (bytes.length <= 4) {
      bytes.copy(table, at + 8);
      continue;
    }
    table.writeUInt32LE(next, at + 8);
    const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    behind.push(even);
    next += even.length;
  }
  return Buffer.concat([table, ...behind]);
}

function bytesOf(type: Field['type'], values: Field['values']): Buffer {
  if (Buffer.isBuffer(values)) return values;
  const size = types[type].bytes;
  const bytes = Buffer.alloc(values.length * size);
  for (const [i, value] of values.entries()) bytes.writeUIntLE(value, i * size, size);
  return bytes;
}
