// Random numbers that are the same in every run, so that runs can be compared.

/** Numbers in [0, 1) from a 32-bit state (xorshift32, Marsaglia 2003). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** About normal, mean 0 and variance 1: four uniform numbers are near enough for noise. */
export function seededNoise(seed: number): () => number {
  const random = seededRandom(seed);
  const scale = Math.sqrt(3);
  return () => (random() + random() + random() + random() - 2) * scale;
}
