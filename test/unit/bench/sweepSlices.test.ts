// From slices of the sweep to rates.
import { expect, it } from 'vitest';
import { type Slice, sweptFrom } from '../../bench/sweepSlices.ts';

function slice(batch: number, embedsPerSecond: number, takenByOthers?: number): Slice {
  const rest = takenByOthers === undefined ? {} : { takenByOthers };
  return { embedders: 2, threads: 1, batch, embedsPerSecond, ...rest };
}

it('a rate is the median of what nothing disturbed, and the best is first', () => {
  const slices = [slice(8, 100), slice(8, 10, 0.5), slice(8, 110, 0), slice(8, 120, 0.01)];
  const rates = sweptFrom([slice(4, 90), ...slices]);
  expect(rates.map(({ batch, embedsPerSecond }) => [batch, embedsPerSecond])).toEqual([
    [8, 110],
    [4, 90],
  ]);
  expect(rates[0]?.slices).toEqual(slices);
});

it('where everything was disturbed, that is what there is', () => {
  const [only] = sweptFrom([slice(8, 50, 0.2), slice(8, 40, 0.3), slice(8, 30, 0.3)]);
  expect(only?.embedsPerSecond).toBe(40);
});
