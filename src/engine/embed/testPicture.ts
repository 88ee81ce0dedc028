// Pictures to try an image tower on.

/** Gradients of another slope each: what agrees on them has the same weights and arithmetic. */
export function pictureOf(size: number, number: number): Uint8Array {
  const slope = 37 + 2 * number;
  return Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * slope + (i >> 7)) % 256);
}
