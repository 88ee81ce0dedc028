// The arithmetic of embeddings.
import { describe, expect, it } from 'vitest';
import { l2Normalise, meanPool } from '../../../src/engine/embed/vectorMath.ts';
import { dot } from '../../../src/shared/dot.ts';

describe('dot', () => {
  it('sums the products', () => {
    expect(dot(Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6))).toBe(32);
  });

  it('refuses vectors of different lengths', () => {
    expect(() => dot(new Float32Array(2), new Float32Array(3))).toThrow('Expected length 2');
  });
});

describe('l2Normalise', () => {
  it('makes the length 1 in place', () => {
    const vector = Float32Array.of(3, 4);
    expect(l2Normalise(vector)).toBe(true);
    expect(vector[0]).toBeCloseTo(0.6, 6);
    expect(vector[1]).toBeCloseTo(0.8, 6);
  });

  it.each([
    [0, 0],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ])('finds no direction in %d, %d', (a, b) => {
    expect(l2Normalise(Float32Array.of(a, b))).toBe(false);
  });
});

describe('meanPool', () => {
  const rows = Float32Array.of(1, 2, 3, 4, 100, 100);

  it('takes the mean of the rows', () => {
    expect([...meanPool(rows.subarray(0, 4), 2)]).toEqual([2, 3]);
  });

  it('leaves out what the mask leaves out', () => {
    expect([...meanPool(rows, 2, [1, 1, 0])]).toEqual([2, 3]);
    expect([...meanPool(rows, 2, [0, 0, 0])]).toEqual([0, 0]);
  });
});
