// Several wishes → one direction to look in.
import { dot } from '../../shared/dot.ts';

/** How hard an unwanted thing pushes away, against 1 for a wanted one. */
const unwantedWeight = 0.5;

/**
 * @param wanted unit vectors with their weights.
 * @param unwanted unit vectors.
 * @returns a unit vector; all zeros only if the wishes cancel each other out.
 */
export function combine(
  wanted: readonly { vector: Float32Array; weight: number }[],
  unwanted: readonly Float32Array[],
): Float32Array {
  const first = wanted[0]?.vector ?? unwanted[0];
  const sum = new Float32Array(first?.length ?? 0);
  const total = wanted.reduce((all, { weight }) => all + weight, 0) || 1;
  for (const { vector, weight } of wanted) addScaled(sum, vector, weight / total);
  for (const vector of unwanted) addScaled(sum, vector, -unwantedWeight);
  return scaledToUnit(sum);
}

function addScaled(sum: Float32Array, vector: Float32Array, scale: number): void {
  for (const [i, value] of vector.entries()) sum[i] = (sum[i] ?? 0) + value * scale;
}

function scaledToUnit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}
