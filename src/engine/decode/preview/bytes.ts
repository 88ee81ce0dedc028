// A file's bytes at hand to the parsers of containers. Whatever an offset in a file says, what is read
// lies in it: everything else throws `BeyondTheEnd`, which the parsers turn into 'not there'.

/** An offset or a length in the file points out of it: the file is cut, or nonsense. */
export class BeyondTheEnd extends Error {}

/** These bytes of a file have not been read yet; see `loadPreviews`. */
export class NotLoaded extends Error {
  readonly start: number;

  constructor(start: number) {
    super(`Not loaded: ${start}`);
    this.start = start;
  }
}

export interface Bytes {
  readonly length: number;
  /** @throws BeyondTheEnd, NotLoaded */
  slice(start: number, length: number): Buffer;
}

export class WholeFile implements Bytes {
  readonly content: Buffer;
  readonly length: number;

  constructor(content: Buffer) {
    this.content = content;
    this.length = content.length;
  }

  slice(start: number, length: number): Buffer {
    checkSpan(this, start, length);
    return this.content.subarray(start, start + length);
  }
}

export function checkSpan({ length: size }: Bytes, start: number, length: number): void {
  if (!(start >= 0 && length >= 0 && start + length <= size)) {
    throw new BeyondTheEnd(`Expected ${start}+${length} within ${size} bytes`);
  }
}

/** What `read` returns, or undefined where it ran out of the file. */
export function within<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof BeyondTheEnd) return undefined;
    throw error;
  }
}
