// Where good results end, on scores of the kind that models give.
import { describe, expect, it } from 'vitest';
import { scoreGap } from '../../../src/renderer/features/search/scoreGap.ts';

/** What comes when nothing fits: a slow slope. */
const tail = (from: number, to: number, count = 40) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

describe('the gap in the scores', () => {
  it('ends a list of clear finds', () => {
    expect(scoreGap([0.55, 0.45, 0.45, 0.44, 0.42, 0.26, ...tail(0.19, -0.02)])).toBe(0.42);
  });

  it('may leave fewer than the minimum where it is very clear', () => {
    expect(scoreGap([0.56, 0.54, ...tail(0.04, -0.15)])).toBe(0.54);
  });

  it('is not seen behind a single best that others follow', () => {
    expect(scoreGap([0.6, 0.42, ...tail(0.38, -0.05)])).toBeUndefined();
  });

  it('is the same for a model whose cosines lie close together', () => {
    const wide = [0.55, 0.45, 0.45, 0.44, 0.42, 0.26, ...tail(0.19, -0.02)];
    const narrow = wide.map((score) => 0.2 + score / 10);
    expect(scoreGap(narrow)).toBe(narrow[4]);
  });

  it('is not looked for in noise, nor in a slope', () => {
    expect(scoreGap(tail(0.3, 0))).toBeUndefined();
    expect(scoreGap([...tail(0.3, 0.02), -0.2])).not.toBe(0.02);
  });

  it('is where the scores bend, if they fall to nothing without a gap', () => {
    const falling = Array.from({ length: 100 }, (_, i) => 0.6 * Math.exp(-i / 12) - 0.02);
    const end = scoreGap(falling);
    const good = falling.filter((score) => score >= (end ?? -1)).length;
    expect(good).toBeGreaterThan(15);
    expect(good).toBeLessThan(45);
    // Of a large library the hundredth may still be good.
    expect(scoreGap(falling.map((score) => 0.6 + score / 3))).toBeUndefined();
  });

  it('does not depend on the order of the list', () => {
    expect(scoreGap([0.1, 0.9, 0.1, 0.88, 0.05, 0.87, 0.0, 0.08, 0.02])).toBe(0.87);
  });

  it('leaves short and empty lists as they are, and equal scores', () => {
    expect(scoreGap([])).toBeUndefined();
    expect(scoreGap([0.9, 0.1])).toBeUndefined();
    expect(scoreGap(Array.from({ length: 20 }, () => 0.5))).toBeUndefined();
  });
});
