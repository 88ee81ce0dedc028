// A graph's output → unit vectors, one per row of the batch, whatever shape the graph leaves.
import { OcelliError } from '../../shared/errors.ts';
import { l2Normalise, meanPool } from './vectorMath.ts';

export interface GraphOutput {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * rows × dimensions, each row of length 1. `pooling` says what the graph leaves: 'none' rows ×
 * dimensions; 'mean' or 'cls' rows × tokens × dimensions, of which the mean or the first is taken.
 * `mask` (rows × tokens) says which tokens count in the mean.
 * @throws OcelliError MODEL_DAMAGED on another shape, EMBED_FAILED on a row that is no direction
 */
export function poolRows(
  output: GraphOutput,
  rows: number,
  dimensions: number,
  pooling: 'none' | 'mean' | 'cls',
  mask?: readonly (readonly number[])[],
): Float32Array {
  const perRow = output.data.length / rows;
  const expected = pooling === 'none' ? perRow === dimensions : perRow % dimensions === 0;
  if (!expected || perRow === 0) {
    throw new OcelliError(
      'MODEL_DAMAGED',
      `Expected an output of ${rows} × ${dimensions} but received ${output.shape.join(' × ')}`,
    );
  }
  const vectors = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    const tokens = output.data.subarray(row * perRow, (row + 1) * perRow);
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const pooled = pooling === 'mean' ? meanPool(tokens, dimensions, mask?.[row]) : tokens;
    vector.set(pooled.subarray(0, dimensions));
    if (!l2Normalise(vector)) {
      throw new OcelliError(
        'EMBED_FAILED',
        `The model's answer ${row + 1} of ${rows} is no vector`,
      );
    }
  }
  return vectors;
}
