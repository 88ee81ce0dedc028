// Several wishes → one direction.
import { expect, it } from 'vitest';
import { combine } from '../../../src/engine/search/queryVector.ts';
import { dot } from '../../../src/shared/dot.ts';

const sea = Float32Array.of(1, 0, 0);
const sunset = Float32Array.of(0, 1, 0);
const boat = Float32Array.of(0, 0, 1);

it('a single wish is its own direction', () => {
  expect([...combine([{ vector: sea, weight: 7 }], [])]).toEqual([1, 0, 0]);
});

it('a heavier part pulls harder', () => {
  const both = combine(
    [
      { vector: sea, weight: 1 },
      { vector: sunset, weight: 2 },
    ],
    [],
  );
  expect(dot(both, both)).toBeCloseTo(1, 6);
  expect(dot(both, sunset)).toBeCloseTo(2 * dot(both, sea), 6);
});

it('an unwanted thing pushes away', () => {
  expect(dot(combine([{ vector: sea, weight: 1 }], [boat]), boat)).toBeLessThan(0);
});

it('wishes that cancel each other out give no direction instead of NaN', () => {
  const against = Float32Array.of(-1, 0, 0);
  const nothing = combine(
    [
      { vector: sea, weight: 1 },
      { vector: against, weight: 1 },
    ],
    [],
  );
  expect([...nothing]).toEqual([0, 0, 0]);
});
