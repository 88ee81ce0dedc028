// The index in this process: a search compares those that are likely to be the best, or all of them
// where nothing is known of them yet, and finds what an exact one finds.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EdgeCollection } from '../../../native/index.mjs';
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

it('opens an index that was made with a graph', async () => {
  const path = join(temporaryFolder(), 'graph');
  const before = await EdgeCollection.open(path, {
    dimensions,
    vectorsOnDisk: true,
    optimizer: { indexingThresholdKb: 100 },
  });
  await before.upsert(all, vectors);
  await before.optimize();
  expect((await before.info()).indexedVectors).toBe(count);
  await before.close();

  const opened = await openEmbeddedIndex(path, dimensions);
  const ids = async () => (await opened.nearest(query, { limit: 40 })).map(({ id }) => id);
  expect(await ids()).toEqual(best(all, 40));
  await opened.flush();
  await opened.delete(best(all, count).slice(6000));
  await opened.optimise();
  expect(await opened.count()).toBe(6000);
  const expected = new Set(best(all, 40));
  expect((await ids()).filter((id) => expected.has(id)).length).toBeGreaterThanOrEqual(39);
  await opened.close();
});

it('gives back the room of what was deleted, when it is asked to', async () => {
  const path = join(temporaryFolder(), 'emptied');
  const emptied = await openEmbeddedIndex(path, dimensions);
  await emptied.upsert(all, vectors);
  await emptied.flush();
  expect(emptied.unoptimised()).toBe(0);
  await emptied.delete(all.slice(100));
  expect(emptied.unoptimised()).toBe(count - 100);
  const segment = async () => (await readdir(join(path, 'segments'))).toSorted();
  const before = await segment();
  await emptied.optimise();
  expect(emptied.unoptimised()).toBe(0);
  expect(await segment()).not.toEqual(before);
  expect(await emptied.count()).toBe(100);
  await emptied.close();
});

it('leaves out what is too weak', async () => {
  const minScore = 0.5;
  const expected = all.filter((id) => similarity(id) > minScore).length;
  const found = await index.nearest(query, { limit: count, minScore, among: all });
  expect(found).toHaveLength(expected);
});
