// Which ways to run a model the sweep of the benchmark measures.
import { describe, expect, it } from 'vitest';
import { embedderBytes, shapesFor } from '../../../src/engine/tuning/candidates.ts';
import { sweptShapes } from '../../bench/sweepCandidates.ts';

function room(cores: number) {
  return { cores, memory: 2 ** 40, embedderBytes: embedderBytes(10e6, true) };
}

describe('the sweep', () => {
  it('measures fewer threads than cores, as many, and twice as many', () => {
    const shapes = sweptShapes(room(2)).map(
      ({ embedders, threads }) => `${embedders} × ${threads}`,
    );
    expect(shapes).toEqual(['1 × 1', '1 × 2', '2 × 1', '2 × 2']);
  });

  it('has all that may be picked, once, on any number of cores', () => {
    for (const cores of [1, 2, 3, 4, 6, 8, 12, 24, 64]) {
      const swept = sweptShapes(room(cores));
      expect(swept).toEqual(expect.arrayContaining(shapesFor(room(cores))));
      expect(new Set(swept.map((shape) => JSON.stringify(shape))).size).toBe(swept.length);
    }
  });
});
