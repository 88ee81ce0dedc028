// The product by which embeddings are compared.

/** Sum of products of two vectors of the same length; the cosine, where both have length 1. */
export function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length)
    throw new Error(`Expected length ${a.length} but received ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
