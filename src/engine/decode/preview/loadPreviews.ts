// The previews in a file without reading it whole: a RAW photo has 20 to 100 MB, and what says where
// its previews lie mostly stands in the first 256 KiB.
import { type FileHandle, open } from 'node:fs/promises';
import { sniff } from '../sniff.ts';
import { type Bytes, checkSpan, NotLoaded } from './bytes.ts';
import { findPreviews } from './findPreviews.ts';
import type { Previews } from './preview.ts';

const blockBytes = 256 * 1024;
/** Of one file, that are read: sound ones need one to five. */
const mostBlocks = 32;

/** Of a RAW photo; undefined where the file is gone, cannot be read or is none. */
export async function loadPreviews(path: string): Promise<Previews | undefined> {
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const stat = await handle.stat();
    return stat.isFile() ? await parse(new PartOfFile(handle, stat.size)) : undefined;
  } catch {
    return undefined;
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/** The parsers are synchronous: where bytes are missing they are read, and parsing begins anew. */
async function parse(file: PartOfFile): Promise<Previews | undefined> {
  await file.load(0);
  const kind = sniff(file.slice(0, Math.min(file.length, blockBytes)));
  // What makes a TIFF a RAW photo may stand further back.
  const container = kind?.previews ?? (kind?.format === 'tiff' ? 'tiff' : undefined);
  if (container === undefined) return undefined;
  for (let block = 0; block < mostBlocks; block++) {
    try {
      return findPreviews(file, container);
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      await file.load(error.start);
    }
  }
  return undefined;
}

class PartOfFile implements Bytes {
  readonly length: number;
  private readonly handle: FileHandle;
  private readonly blocks = new Map<number, Buffer>();

  constructor(handle: FileHandle, length: number) {
    this.handle = handle;
    this.length = length;
  }

  async load(start: number): Promise<void> {
    const index = Math.floor(start / blockBytes);
    const size = Math.min(blockBytes, this.length - index * blockBytes);
    const { buffer, bytesRead } = await this.handle.read(
      Buffer.alloc(size),
      0,
      size,
      index * blockBytes,
    );
    if (bytesRead < size) throw new Error('The file was cut while it was read');
    this.blocks.set(index, buffer);
  }

  slice(start: number, length: number): Buffer {
    checkSpan(this, start, length);
    const first = Math.floor(start / blockBytes);
    const last = Math.floor(Math.max(start, start + length - 1) / blockBytes);
    const parts: Buffer[] = [];
    for (let index = first; index <= last; index++) {
      const block = this.blocks.get(index);
      if (length > 0 && block === undefined) throw new NotLoaded(index * blockBytes);
      parts.push(block ?? Buffer.alloc(0));
    }
    const [only] = parts;
    const joined = parts.length === 1 && only ? only : Buffer.concat(parts);
    const from = start - first * blockBytes;
    return joined.subarray(from, from + length);
  }
}
