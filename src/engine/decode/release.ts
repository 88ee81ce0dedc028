// Memory that nobody reads any more, given back at once instead of when the garbage collector comes
// by. It comes seldom: a decoder's own objects are few, and what a photo holds (file, pixels,
// thumbnail) it knows by its size only, of which it lets more and more gather: 35 MB a decoder at
// first, 75 MB after three thousand photos.

/** Node 20 cannot do it, and waits for the collector. */
type Memory = ArrayBufferLike & { transfer?(byteLength: number): unknown };

/** Whoever still looks at `bytes`, or at another view of the same memory, sees nothing of it. */
export function release(bytes: Uint8Array): void {
  const memory: Memory = bytes.buffer;
  // Small buffers of Node share their memory with others.
  const isWhole = bytes.byteLength === memory.byteLength;
  if (isWhole && memory.byteLength > 0) memory.transfer?.(0);
}
