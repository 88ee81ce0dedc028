// TIFF's directories (IFDs), the form of most RAW files, of EXIF, of camera makers' notes and of MPF.
// A chain may be a loop, a count a lie: every walk has an end.
import { type Bytes, within } from './bytes.ts';

/** TIFF 6.0, section 2, and DNG's 13 (IFD): bytes of one value. Index: type. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const mostEntries = 512;
const mostDirectories = 64;
const mostValues = 64;
const subDirectories = 0x014a;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its values lie, within the bytes. */
  readonly at: number;
}

/** How a block of TIFF is read: its offsets count from `base`. */
export interface Tiff {
  readonly bytes: Bytes;
  readonly base: number;
  readonly isLittle: boolean;
}

export class Directory {
  readonly tiff: Tiff;
  readonly next: number;
  private readonly entries: ReadonlyMap<number, Entry>;

  constructor(tiff: Tiff, entries: ReadonlyMap<number, Entry>, next: number) {
    this.tiff = tiff;
    this.entries = entries;
    this.next = next;
  }

  has(tag: number): boolean {
    return this.entries.has(tag);
  }

  /** The first value of a tag. */
  number(tag: number): number | undefined {
    return this.numbers(tag)[0];
  }

  /** A tag's values; none where it is absent, out of the file or of a type without numbers. */
  numbers(tag: number): number[] {
    const entry = this.entries.get(tag);
    if (entry === undefined) return [];
    const { count, type, at } = entry;
    const bytes = valueBytes[type] ?? 0;
    const found = Math.min(count, mostValues);
    const data = within(() => this.tiff.bytes.slice(at, found * bytes));
    if (data === undefined) return [];
    const values = Array.from({ length: found }, (_, index) =>
      readValue(data, index * bytes, type, this.tiff.isLittle),
    );
    return values.filter((value) => value !== undefined);
  }

  /** Where a tag's values lie within the bytes, whatever they are. */
  span(tag: number): { start: number; end: number } | undefined {
    const entry = this.entries.get(tag);
    if (entry === undefined) return undefined;
    return { start: entry.at, end: entry.at + entry.count * (valueBytes[entry.type] ?? 0) };
  }
}

function readValue(data: Buffer, at: number, type: number, little: boolean): number | undefined {
  const u32 = (from: number) => (little ? data.readUInt32LE(from) : data.readUInt32BE(from));
  switch (type) {
    case 1:
    case 7:
      return data.readUInt8(at);
    case 3:
      return little ? data.readUInt16LE(at) : data.readUInt16BE(at);
    case 4:
    case 13:
      return u32(at);
    case 5:
      return u32(at + 4) === 0 ? undefined : u32(at) / u32(at + 4);
    default:
      return undefined;
  }
}

/** @param base where 'II' or 'MM' lies; undefined unless one of them does. */
export function tiffAt(bytes: Bytes, base: number): Tiff | undefined {
  const order = within(() => bytes.slice(base, 2).toString('latin1'));
  return order === 'II' || order === 'MM' ? { bytes, base, isLittle: order === 'II' } : undefined;
}

/** The offset in the head of a TIFF, of its first directory. */
export function firstDirectory(tiff: Tiff): number {
  const { bytes, base, isLittle } = tiff;
  const head = within(() => bytes.slice(base + 4, 4));
  if (head === undefined) return 0;
  return isLittle ? head.readUInt32LE() : head.readUInt32BE();
}

/** One directory, or undefined where there is none at that offset. */
export function readDirectory(tiff: Tiff, offset: number): Directory | undefined {
  if (offset < 2) return undefined;
  const { bytes, base, isLittle } = tiff;
  return within(() => {
    const start = base + offset;
    const u16 = (data: Buffer, at: number) =>
      isLittle ? data.readUInt16LE(at) : data.readUInt16BE(at);
    const u32 = (data: Buffer, at: number) =>
      isLittle ? data.readUInt32LE(at) : data.readUInt32BE(at);
    const count = u16(bytes.slice(start, 2), 0);
    if (count === 0 || count > mostEntries) return undefined;
    const table = bytes.slice(start + 2, count * 12);
    const entries = new Map<number, Entry>();
    for (let row = 0; row < table.length; row += 12) {
      const [type, values] = [u16(table, row + 2), u32(table, row + 4)];
      const fits = (valueBytes[type] ?? 0) * values <= 4;
      const at = fits ? start + 2 + row + 8 : base + u32(table, row + 8);
      entries.set(u16(table, row), { type, count: values, at });
    }
    const next = within(() => u32(bytes.slice(start + 2 + table.length, 4), 0)) ?? 0;
    return new Directory(tiff, entries, next);
  });
}

/** The directory at `first`, those chained to it and those below them, each once. */
export function walkDirectories(tiff: Tiff, first: number): Directory[] {
  const found: Directory[] = [];
  const seen = new Set<number>();
  const waiting = [first];
  while (waiting.length > 0 && found.length < mostDirectories) {
    const offset = waiting.shift() ?? 0;
    if (seen.has(offset)) continue;
    seen.add(offset);
    const directory = readDirectory(tiff, offset);
    if (directory === undefined) continue;
    found.push(directory);
    waiting.push(directory.next, ...directory.numbers(subDirectories));
  }
  return found;
}
