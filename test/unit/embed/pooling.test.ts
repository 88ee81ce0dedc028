// Whatever a graph leaves becomes one unit vector per row.
import { describe, expect, it } from 'vitest';
import { poolRows } from '../../../src/engine/embed/pooling.ts';

const tokens = { data: Float32Array.of(2, 0, 0, 2, 0, 5, 9, 9), shape: [2, 2, 2] };
const half = Math.SQRT1_2;

function expectClose(vectors: Float32Array, expected: readonly number[]) {
  expect(vectors).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(vectors[index]).toBeCloseTo(value, 6);
  });
}

describe('poolRows', () => {
  it('takes the mean over the tokens that count', () => {
    const mask = [
      [1, 1],
      [1, 0],
    ];
    expectClose(poolRows(tokens, 2, 2, 'mean', mask), [half, half, 0, 1]);
  });

  it('takes the first token', () => {
    expectClose(poolRows(tokens, 2, 2, 'cls'), [1, 0, 0, 1]);
  });

  it('takes rows as they are', () => {
    const rows = { data: Float32Array.of(3, 4, 0, 2), shape: [2, 2] };
    expectClose(poolRows(rows, 2, 2, 'none'), [0.6, 0.8, 0, 1]);
  });

  it('refuses a shape that the manifest does not promise', () => {
    expect(() => poolRows(tokens, 2, 2, 'none')).toThrow('received 2 × 2 × 2');
    expect(() => poolRows(tokens, 2, 3, 'mean')).toThrow('Expected an output of 2 × 3');
  });

  it('refuses an answer without a direction', () => {
    const rows = { data: Float32Array.of(1, 0, Number.NaN, 0), shape: [2, 2] };
    expect(() => poolRows(rows, 2, 2, 'none')).toThrow('answer 2 of 2 is no vector');
  });
});
