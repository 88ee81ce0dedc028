// How long a model will need: its own past speed, or another's with a word on that.
import { expect, it } from 'vitest';
import { modelDuration } from '../../../src/renderer/features/settings/modelDuration.ts';

const starter = { model: 'starter', embedded: 100, workMs: 2000 };
const clip = { model: 'clip', embedded: 50, workMs: 5000 };

it('a model that has run is as fast as it was', () => {
  expect(modelDuration('clip', 3000, [starter, clip])).toBe(', about 5 min 00 s');
});

it('one that has not is said to be as fast as another, or slower', () => {
  const words = ', about 60 s if it is as fast as starter (a larger one takes longer)';
  expect(modelDuration('clip', 2999, [starter])).toBe(words);
});

it('nothing is said where no run tells anything', () => {
  const short = { model: 'clip', embedded: 3, workMs: 9000 };
  expect(modelDuration('clip', 3000, [])).toBe('');
  expect(modelDuration('clip', 3000, [short, { ...starter, workMs: 0 }])).toBe('');
});
