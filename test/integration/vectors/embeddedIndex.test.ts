// The index in this process: a search that is narrowed to many points is several ones side by side,
// and finds what one would find.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbeddedIndex } from '../../../src/engine/vectors/embeddedIndex.ts';
import type { VectorIndex } from '../../../src/engine/vectors/vectorIndex.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const dimensions = 8;
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

it.each([2500, 2501, 8000])('finds the best of %i points, best first', async (many) => {
  // Those that are most alike lie together, in one part.
  const among = all.toSorted((a, b) => similarity(b) - similarity(a)).slice(count - many);
  const found = await index.nearest(query, { limit: 40, among });
  expect(found.map(({ id }) => id)).toEqual(among.slice(0, 40));
  expect(found[0]?.score).toBeCloseTo(similarity(among[0] ?? 0), 5);
});

it('leaves out what is too weak, in every part', async () => {
  const minScore = 0.5;
  const expected = all.filter((id) => similarity(id) > minScore).length;
  const found = await index.nearest(query, { limit: count, minScore, among: all });
  expect(found).toHaveLength(expected);
});
