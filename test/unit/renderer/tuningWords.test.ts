// How what was measured of a machine is told.
import { describe, expect, it } from 'vitest';
import {
  fasterWords,
  rateWords,
  resourcesWords,
  triedWords,
  tuningWords,
} from '../../../src/renderer/features/settings/tuningWords.ts';
import type { Tuning } from '../../../src/shared/tuning.ts';

const onProcessor = { decoders: 2, embedders: 2, threads: 1, batch: 8, provider: 'cpu' } as const;
const tuning: Tuning = {
  key: '0',
  at: new Date(2026, 10, 24, 12).getTime(),
  tookMs: 4000,
  chosen: { ...onProcessor, precision: 'int8' },
  photosPerSecond: 74.4,
  candidates: [],
  providers: [],
};

describe('how a machine is used', () => {
  it('is one sentence, with when it was measured', () => {
    const words =
      '2 processes of 1 thread, 8 photos at a time, on the processor; about 74 small photos a second';
    expect(tuningWords(tuning, tuning.at + 1000)).toBe(`${words}, measured just now.`);
    const later = tuning.at + 30 * 24 * 60 * 60_000;
    expect(tuningWords(tuning, later)).toBe(`${words}, measured on 24 November 2026.`);
  });

  it('has one and many, and threads on a processor only', () => {
    const one = { ...onProcessor, embedders: 1, threads: 16, batch: 1 };
    expect(resourcesWords(one)).toBe(
      '1 process of 16 threads, 1 photo at a time, on the processor',
    );
    const card = { ...onProcessor, embedders: 1, batch: 32, provider: 'cuda' } as const;
    expect(resourcesWords(card)).toBe(
      '1 process, 32 photos at a time, on the NVIDIA graphics card',
    );
  });

  it('would be faster in another precision, where that is worth a word', () => {
    const way = { ...onProcessor, embedsPerSecond: 100 };
    const inBoth = (photosPerSecond: number): Tuning => ({
      ...tuning,
      chosen: { ...onProcessor, precision: 'float32' },
      photosPerSecond: 30,
      candidates: [
        { ...way, precision: 'float32', photosPerSecond: 30 },
        { ...way, precision: 'int8', photosPerSecond },
      ],
    });
    expect(fasterWords(inBoth(57))).toBe('In int8 it would be about 1.9 times as fast');
    expect(fasterWords(inBoth(31))).toBeUndefined();
    expect(fasterWords(tuning)).toBeUndefined();
  });

  it('has rates with as many digits as they are worth', () => {
    expect([0.52, 9.96, 74.4, 5123.4].map(rateWords)).toEqual(['0.5', '10', '74', '5,123']);
  });
});

describe('what a model may run on', () => {
  it('is used, slower, or has a reason that ends as a sentence does', () => {
    expect(triedWords({ provider: 'cpu', usable: true }, 'cpu')).toBe('Used.');
    expect(triedWords({ provider: 'cpu', usable: true }, 'cuda')).toBe('Works, and is slower.');
    const failed = { provider: 'cuda', usable: false } as const;
    expect(triedWords({ ...failed, reason: 'Failed to load shared library' }, 'cpu')).toBe(
      'Not used: Failed to load shared library.',
    );
    expect(triedWords({ ...failed, reason: 'It is slow.' }, 'cpu')).toBe('Not used: It is slow.');
    expect(triedWords(failed, 'cpu')).toMatch(/^Not used: \S.*\.$/);
  });
});
