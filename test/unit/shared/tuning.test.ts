// What is made of a measurement of the machine.
import { expect, it } from 'vitest';
import { otherPrecision, type Tuning } from '../../../src/shared/tuning.ts';

it('the other precision is told by the fastest way to run it', () => {
  const way = { embedders: 1, threads: 1, batch: 8, embedsPerSecond: 1 } as const;
  const chosen = { decoders: 1, embedders: 1, threads: 1, batch: 8, provider: 'cpu' } as const;
  const tuning: Tuning = {
    ...{ key: '', at: 0, tookMs: 0, photosPerSecond: 100, providers: [] },
    chosen: { ...chosen, precision: 'int8' },
    candidates: [
      { ...way, provider: 'cpu', precision: 'int8', photosPerSecond: 100 },
      { ...way, provider: 'cpu', precision: 'float32', photosPerSecond: 30 },
      { ...way, provider: 'cuda', precision: 'float32', photosPerSecond: 400 },
    ],
  };
  expect(otherPrecision(tuning)).toEqual({ precision: 'float32', times: 4 });
  const [own] = tuning.candidates;
  expect(otherPrecision({ ...tuning, candidates: own ? [own] : [] })).toBeUndefined();
});
