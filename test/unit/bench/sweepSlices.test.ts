// From slices of the sweep to rates.
import { expect, it } from 'vitest';
import { type Slice, shapesLeft, sweptFrom } from '../../bench/sweepSlices.ts';

function slice(batch: number, embedsPerSecond: number, takenByOthers?: number): Slice {
  const rest = takenByOthers === undefined ? {} : { takenByOthers };
  return { embedders: 2, threads: 1, batch, embedsPerSecond, ...rest };
}

it('a rate is the upper quartile of what nothing disturbed, and the best is first', () => {
  const slices = [slice(8, 100), slice(8, 10, 0.5), slice(8, 110, 0), slice(8, 120, 0.01)];
  const rates = sweptFrom([slice(4, 90), ...slices]);
  expect(rates.map(({ batch, embedsPerSecond }) => [batch, embedsPerSecond])).toEqual([
    [8, 120],
    [4, 90],
  ]);
  expect(rates[0]?.slices).toEqual(slices);
});

it('where everything was disturbed, that is what there is', () => {
  const [only] = sweptFrom([
    slice(8, 50, 0.2),
    slice(8, 40, 0.3),
    slice(8, 30, 0.3),
    slice(8, 20, 0.3),
  ]);
  expect(only?.embedsPerSecond).toBe(40);
});

it('a shape is measured on while one of its batches was disturbed too often', () => {
  const other = { embedders: 1, threads: 2 };
  const slices = [slice(4, 1), slice(4, 1), slice(8, 1), { ...slice(8, 1), ...other }];
  expect(shapesLeft(slices, 1)).toEqual([]);
  expect(shapesLeft([...slices, slice(2, 1, 0.3)], 1)).toEqual([{ embedders: 2, threads: 1 }]);
  expect(shapesLeft([...slices, { ...slice(8, 1), ...other }], 2)).toEqual([
    { embedders: 2, threads: 1 },
  ]);
});
