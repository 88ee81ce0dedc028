// What the charts of a run draw, from the sums that the engine tells.
import { describe, expect, it } from 'vitest';
import {
  ofLastRun,
  rateColumns,
  type Sample,
  stackColumns,
  stageDifference,
  stagesNow,
} from '../../../src/renderer/features/indexing/stageSeries.ts';

function sample(elapsedMs: number, indexed: number, each = 10, unchanged = 0): Sample {
  const done = (indexed - unchanged) * each;
  return {
    elapsedMs,
    photosPerSecond: 7,
    indexed,
    failed: 0,
    skipped: 0,
    unchanged,
    stages: { read: done, decode: 2 * done, thumbnail: 0, embed: 3 * done, store: 0, upsert: 0 },
  };
}

describe('stage times between two moments', () => {
  it('are those of the photos between them', () => {
    const times = stageDifference(sample(0, 10), sample(500, 15));
    expect(times).toEqual({ read: 10, decode: 20, thumbnail: 0, embed: 30, store: 0, upsert: 0 });
  });

  it('do not count unchanged photos', () => {
    expect(stageDifference(sample(0, 100, 10, 100), sample(500, 210, 10, 200))?.read).toBe(10);
  });

  it('are not known where no photo was finished', () => {
    expect(stageDifference(sample(0, 5), sample(500, 5))).toBeUndefined();
  });
});

describe('samples', () => {
  it('are those of the last run, as each begins its clock anew', () => {
    const samples = [sample(500, 1), sample(1000, 2), sample(100, 0), sample(600, 3)];
    expect(ofLastRun(samples).map(({ elapsedMs }) => elapsedMs)).toEqual([100, 600]);
    expect(ofLastRun([])).toEqual([]);
  });

  it('are those of the last minutes of a long one', () => {
    const samples = Array.from({ length: 2000 }, (_, i) => sample(i * 500, i));
    expect(ofLastRun(samples)).toHaveLength(600);
    expect(ofLastRun(samples).at(-1)?.elapsedMs).toBe(999_500);
  });
});

describe('columns', () => {
  it('have a rate for each moment', () => {
    expect(rateColumns([sample(500, 1), sample(1000, 2)])).toEqual([
      [0.5, 1],
      [7, 7],
    ]);
  });

  it('stack the stages, and leave out moments without a photo', () => {
    const [seconds, ...edges] = stackColumns([sample(500, 0), sample(1000, 0), sample(1500, 4)]);
    expect(seconds).toEqual([0.5, 1, 1.5]);
    expect(edges.map((edge) => edge[2])).toEqual([10, 30, 30, 60, 60, 60]);
    expect(edges.every((edge) => edge[1] === null)).toBe(true);
  });

  it('tell what the stages take now, also when the last moments finished none', () => {
    const busy = Array.from({ length: 20 }, (_, i) => sample(i * 500, i));
    const stalled = Array.from({ length: 20 }, (_, i) => sample(10_000 + i * 500, 19));
    expect(stagesNow([...busy, ...stalled])?.embed).toBe(30);
    expect(stagesNow([])).toBeUndefined();
  });
});
