// The little arithmetic that embeddings need, on rows of flat Float32Arrays.

/**
 * Scales the vector to length 1, in place. False, and the vector untouched, where it has no
 * direction: all zeros, or a component that is not a finite number.
 */
export function l2Normalise(vector: Float32Array): boolean {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (!Number.isFinite(sum) || sum === 0) return false;
  const scale = 1 / Math.sqrt(sum);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * scale;
  return true;
}

/**
 * The mean of rows of `width` numbers: `rows` is rows × width, and row i counts `weights[i]` times
 * (an attention mask: 0 for padding), or once where no weights are given.
 */
export function meanPool(
  rows: Float32Array,
  width: number,
  weights?: ArrayLike<number>,
): Float32Array {
  const mean = new Float32Array(width);
  const count = rows.length / width;
  let total = 0;
  for (let row = 0; row < count; row++) {
    const weight = weights === undefined ? 1 : (weights[row] ?? 0);
    if (weight === 0) continue;
    total += weight;
    const start = row * width;
    for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) + weight * (rows[start + i] ?? 0);
  }
  if (total > 0) for (let i = 0; i < width; i++) mean[i] = (mean[i] ?? 0) / total;
  return mean;
}
