// Where ways to run a model stand among each other, on a machine that changes its speed meanwhile.
import { describe, expect, it } from 'vitest';
import { finalists, runOffOf } from '../../bench/runOff.ts';
import type { Slice } from '../../bench/sweepSlices.ts';

function slice(batch: number, embedsPerSecond: number, takenByOthers = 0): Slice {
  return { embedders: 2, threads: 1, batch, embedsPerSecond, takenByOthers };
}

describe('a run-off', () => {
  it('compares slices of the same turn, however fast the machine was in it', () => {
    const turns = [
      [slice(4, 50), slice(8, 100)],
      [slice(8, 50), slice(4, 25)],
      [slice(4, 100), slice(8, 200)],
    ];
    const { ranked } = runOffOf(turns);
    expect(ranked).toEqual([
      { embedders: 2, threads: 1, batch: 8, ofBest: 1, embedsPerSecond: 100 },
      { embedders: 2, threads: 1, batch: 4, ofBest: 0.5, embedsPerSecond: 50 },
    ]);
  });

  it('leaves out turns that others disturbed, while there is one that they did not', () => {
    const quiet = [slice(4, 50), slice(8, 100)];
    const disturbed = [slice(4, 100), slice(8, 1, 0.3)];
    const of = (turns: Slice[][]) => {
      const { ranked, quietTurns } = runOffOf(turns);
      return { best: ranked[0]?.batch, quietTurns };
    };
    expect(of([disturbed, quiet, disturbed])).toEqual({ best: 8, quietTurns: 1 });
    expect(of([disturbed])).toEqual({ best: 4, quietTurns: 0 });
  });
});

it('all picks take part, and what was best in the sweep by either measure, each once', () => {
  const swept = [1, 2, 4, 8, 16, 32].map((batch, i) => {
    // The later, the slower at its best, and the faster as a rule.
    const slices = [slice(batch, i), slice(batch, i), slice(batch, 100 - i)];
    return { embedders: 2, threads: 1, batch, embedsPerSecond: 100 - i, slices };
  });
  const pick = { embedders: 1, threads: 2, batch: 8 };
  const batches = finalists(swept, [pick, pick]).map(({ batch }) => batch);
  expect(batches).toEqual([8, 1, 2, 4, 8, 32, 16]);
});
