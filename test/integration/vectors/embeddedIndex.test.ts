// The index in this process: a search that is narrowed to many points compares those that are likely to
// be the best, or all of them in several searches side by side, and finds what one would find.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbeddedIndex } from '../../../src/engine/vectors/embeddedIndex.ts';
import type { VectorIndex } from '../../../src/engine/vectors/vectorIndex.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const dimensions = 64;
const count = 9000;
const all = Array.from({ length: count }, (_, i) => i + 1);
const vectors = Float32Array.from({ length: count * dimensions }, (_, i) => Math.sin(i * i));
const query = Float32Array.from({ length: dimensions }, (_, i) => Math.cos(i));
let index: VectorIndex;

beforeAll(async () => {
  index = await openEmbeddedIndex(join(temporaryFolder(), 'index'), dimensions);
  await index.upsert(all, vectors);
});

afterAll(() => index.close());

function similarity(id: number): number {
  const vector = vectors.subarray((id - 1) * dimensions, id * dimensions);
  const length = Math.hypot(...vector) * Math.hypot(...query);
  return vector.reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0) / length;
}

function best(ids: readonly number[], many: number): number[] {
  return ids.toSorted((a, b) => similarity(b) - similarity(a)).slice(0, many);
}

it.each([2500, 2501, 8000])('finds the best of %i points, best first', async (many) => {
  // Those that are most alike lie together, in one part.
  const among = best(all, count).slice(count - many);
  const found = await index.nearest(query, { limit: 40, among });
  expect(found.map(({ id }) => id)).toEqual(among.slice(0, 40));
  expect(found[0]?.score).toBeCloseTo(similarity(among[0] ?? 0), 5);
});

describe('once points are sketched', () => {
  beforeAll(() => index.flush());

  it.each([
    ['all', undefined],
    ['a list of all', all],
    ['a typed list of all', Float64Array.from(all)],
    ['a half', all.filter((id) => id % 2 === 0)],
  ])('finds the best of %s, best first', async (_, among) => {
    const found = await index.nearest(query, { limit: 40, ...(among ? { among } : {}) });
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const expected = new Set(best([...(among ?? all)], 40));
    expect(found).toHaveLength(40);
    // Two bits of each number choose those that are compared: of vectors without any structure, as
    // these are, one may be missed.
    expect(found.filter(({ id }) => expected.has(id)).length).toBeGreaterThanOrEqual(39);
  });

  it('compares with each where that is asked for', async () => {
    const found = await index.nearest(query, { limit: 40, exact: true });
    expect(found.map(({ id }) => id)).toEqual(best(all, 40));
  });
});

it('leaves out what is too weak, in every part', async () => {
  const minScore = 0.5;
  const expected = all.filter((id) => similarity(id) > minScore).length;
  const found = await index.nearest(query, { limit: count, minScore, among: all });
  expect(found).toHaveLength(expected);
});
