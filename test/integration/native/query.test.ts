// Searching: nearest, filtered, recommended; before and after a graph is built.

import { rm } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import {
  EdgeCollection,
  type Filter,
  type PointIds,
  type QueryRequest,
} from '../../../native/index.mjs';
import { clustered, expectCode, openFresh, range, temporaryFolder } from './support.ts';

const dimensions = 16;
const count = 400;
const vectors = clustered(count, dimensions);
let photos: EdgeCollection;

beforeAll(async () => {
  const folder = await temporaryFolder();
  photos = await EdgeCollection.open(folder, { dimensions });
  const payloads = range(0, count).map((n) => ({
    year: 2000 + (n % 20),
    tag: n % 3 === 0 ? ['dog', 'grass'] : ['cat'],
    path: `/photos/${n}.jpg`,
    favourite: n % 2 === 0,
    taken: `20${String(n % 20).padStart(2, '0')}-06-01T12:00:00Z`,
    place: { lat: 47 + n / 1000, lon: 8 },
    camera: { name: n % 4 === 0 ? 'A7' : 'X100' },
    ...(n === 7 ? {} : { title: `the number ${n}` }),
  }));
  await photos.upsert(range(0, count), vectors, payloads);
  return async () => {
    await photos.close();
    await rm(folder, { recursive: true, force: true });
  };
});

function vectorOf(id: number): Float32Array {
  return vectors.slice(id * dimensions, (id + 1) * dimensions);
}

async function idsOf(filter: Filter): Promise<number[]> {
  const { points } = await photos.scroll({ filter, limit: count, withPayload: false });
  return points.map((point) => point.id);
}

test('the nearest point to a stored vector is that point, with score 1', async () => {
  const [best] = await photos.query({ vector: vectorOf(42), limit: 1 });
  expect(best?.id).toBe(42);
  expect(best?.score).toBeCloseTo(1, 5);
});

test('results come best first, with what was asked for and nothing else', async () => {
  const hits = await photos.query({ vector: vectorOf(1), limit: 20 });
  expect(hits).toHaveLength(20);
  const scores = hits.map((hit) => hit.score);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(Object.keys(hits[0] ?? {})).toEqual(['id', 'score']);
  const [full] = await photos.query({ vector: vectorOf(1), withPayload: true, withVector: true });
  expect(full?.payload).toMatchObject({ path: '/photos/1.jpg' });
  expect(full?.vector).toHaveLength(dimensions);
});

test('exact search agrees with brute force', async () => {
  const query = vectorOf(5);
  const cosine = (id: number) => {
    const other = vectorOf(id);
    let [dot, a, b] = [0, 0, 0];
    for (let i = 0; i < dimensions; i++) {
      const [x, y] = [query[i] ?? 0, other[i] ?? 0];
      dot += x * y;
      a += x * x;
      b += y * y;
    }
    return dot / Math.sqrt(a * b);
  };
  const expected = range(0, count)
    .toSorted((a, b) => cosine(b) - cosine(a))
    .slice(0, 25);
  const hits = await photos.query({ vector: query, limit: 25, exact: true });
  expect(hits.map((hit) => hit.id)).toEqual(expected);
});

test('offset pages through the results, and the threshold cuts them off', async () => {
  const all = await photos.query({ vector: vectorOf(9), limit: 30 });
  const page = await photos.query({ vector: vectorOf(9), limit: 10, offset: 10 });
  expect(page).toEqual(all.slice(10, 20));
  const scoreThreshold = ((all[4]?.score ?? 0) + (all[5]?.score ?? 0)) / 2;
  const close = await photos.query({ vector: vectorOf(9), limit: 30, scoreThreshold });
  expect(close).toEqual(all.slice(0, 5));
});

test('Euclid puts the smallest distance first, Dot the largest product', async () => {
  const points = new Float32Array([1, 0, 2, 0, 5, 0]);
  const euclid = await openFresh({ dimensions: 2, distance: 'Euclid' });
  await euclid.upsert([1, 2, 3], points);
  expect(await euclid.query({ vector: new Float32Array([2, 0]) })).toEqual([
    { id: 2, score: 0 },
    { id: 1, score: 1 },
    { id: 3, score: 3 },
  ]);
  const dot = await openFresh({ dimensions: 2, distance: 'Dot' });
  await dot.upsert([1, 2, 3], points);
  const hits = await dot.query({ vector: new Float32Array([2, 0]) });
  expect(hits.map((hit) => hit.score)).toEqual([10, 4, 2]);
});

const filters: [string, Filter, (n: number) => boolean][] = [
  ['match value', { must: [{ key: 'year', match: { value: 2004 } }] }, (n) => n % 20 === 4],
  [
    'match any',
    { must: [{ key: 'year', match: { any: [2004, 2005] } }] },
    (n) => [4, 5].includes(n % 20),
  ],
  ['match except', { must: [{ key: 'year', match: { except: [2004] } }] }, (n) => n % 20 !== 4],
  ['match in a list', { must: [{ key: 'tag', match: { value: 'grass' } }] }, (n) => n % 3 === 0],
  ['match a flag', { must: [{ key: 'favourite', match: { value: true } }] }, (n) => n % 2 === 0],
  [
    'match text',
    { must: [{ key: 'title', match: { text: 'number 12' } }] },
    (n) => `the number ${n}`.includes('number 12'),
  ],
  ['a nested key', { must: [{ key: 'camera.name', match: { value: 'A7' } }] }, (n) => n % 4 === 0],
  [
    'range',
    { must: [{ key: 'year', range: { gte: 2003, lt: 2006 } }] },
    (n) => n % 20 >= 3 && n % 20 < 6,
  ],
  [
    'range of dates',
    { must: [{ key: 'taken', range: { gt: '2018-01-01T00:00:00Z' } }] },
    (n) => n % 20 >= 18,
  ],
  ['has_id', { must: [{ has_id: [3, 5, 999] }] }, (n) => n === 3 || n === 5],
  ['must_not', { must_not: [{ key: 'tag', match: { value: 'cat' } }] }, (n) => n % 3 === 0],
  [
    'should',
    { should: [{ has_id: [1] }, { key: 'year', match: { value: 2002 } }] },
    (n) => n === 1 || n % 20 === 2,
  ],
  [
    'min_should',
    {
      min_should: {
        conditions: [
          { key: 'tag', match: { value: 'dog' } },
          { key: 'favourite', match: { value: true } },
        ],
        min_count: 2,
      },
    },
    (n) => n % 6 === 0,
  ],
  ['is_empty', { must: [{ is_empty: { key: 'title' } }] }, (n) => n === 7],
  [
    'a filter in a filter',
    { must: [{ should: [{ has_id: [2] }, { has_id: [4] }] }] },
    (n) => n === 2 || n === 4,
  ],
  [
    'geo_radius',
    { must: [{ key: 'place', geo_radius: { center: { lat: 47, lon: 8 }, radius: 1500 } }] },
    (n) => n <= 13,
  ],
  ['one condition without a list', { must: { has_id: [8] } }, (n) => n === 8],
];

test.each(filters)('filters by %s', async (_, filter, matches) => {
  const expected = range(0, count).filter(matches);
  expect(expected.length).toBeGreaterThan(0);
  expect(await idsOf(filter)).toEqual(expected);
  expect(await photos.count({ filter })).toBe(expected.length);
  const hits = await photos.query({ vector: vectorOf(0), filter, limit: count });
  expect(hits.map((hit) => hit.id).toSorted((a, b) => a - b)).toEqual(expected);
});

test.each<[string, PointIds]>([
  ['a list', [3, 8, 42, 9999]],
  ['a Float64Array', Float64Array.of(3, 8, 42, 9999)],
])('looks among the points of %s alone, whether they are there or not', async (_, among) => {
  const ids = async (asked: QueryRequest) =>
    (await photos.query({ vector: vectorOf(0), limit: count, ...asked })).map(({ id }) => id);
  const filter: Filter = { must_not: [{ has_id: [8] }] };
  expect(await ids({ among })).toEqual(await ids({ filter: { must: [{ has_id: [3, 8, 42] }] } }));
  expect(new Set(await ids({ among, filter }))).toEqual(new Set([3, 42]));
  expect(await ids({ among, exact: true })).toHaveLength(3);
  expect(await ids({ among: [] })).toEqual([]);
});

test('refuses to look among what are no ids, and to recommend among points', async () => {
  const asked = { vector: vectorOf(0) };
  await expectCode(photos.query({ ...asked, among: [1.5] }), 'ARGUMENT', /among/);
  const odd = Float64Array.of(-1);
  await expectCode(photos.query({ ...asked, among: odd }), 'ARGUMENT', /among/);
  const recommend = { positive: [30] };
  await expectCode(photos.query({ recommend, among: [1] }), 'ARGUMENT', /among/);
});

test.each<[string, object]>([
  ['an unknown clause', { must_have: [] }],
  ['an unknown condition', { must: [{ key: 'year', matches: { value: 1 } }] }],
  ['a condition of the wrong type', { must: [{ key: 'year', range: { gte: [] } }] }],
  ['a list', []],
])('refuses %s in a filter', async (_, filter) => {
  const asked = { vector: vectorOf(0), filter: filter as Filter };
  await expectCode(photos.query(asked), 'ARGUMENT', /filter/);
  await expectCode(photos.count({ filter: filter as Filter }), 'ARGUMENT', /filter/);
});

test('refuses a query vector of the wrong length, or one that is not finite', async () => {
  await expectCode(photos.query({ vector: new Float32Array(3) }), 'ARGUMENT', /16 numbers/);
  const odd = new Float32Array(dimensions).fill(Number.NaN);
  await expectCode(photos.query({ vector: odd }), 'ARGUMENT', /finite/);
  // @ts-expect-error: a plain array
  await expectCode(photos.query({ vector: [1, 2] }), 'ARGUMENT', /Float32Array for vector/);
});

test('refuses a query with neither vector nor recommend, with limit 0, or with odd options', async () => {
  await expectCode(photos.query({}), 'ARGUMENT', /one of vector and recommend/);
  await expectCode(photos.query({ vector: vectorOf(0), limit: 0 }), 'ARGUMENT', /limit/);
  const odd = { vector: vectorOf(0), sort: 'year' };
  await expectCode(photos.query(odd), 'ARGUMENT', /sort/);
  const low = { vector: vectorOf(0), quantization: { oversampling: 0.5 } };
  await expectCode(photos.query(low), 'ARGUMENT', /oversampling/);
});

test.each(['average_vector', 'best_score', 'sum_scores'] as const)(
  'recommends by %s what is like the liked, without the examples themselves',
  async (strategy) => {
    const near = await photos.query({ vector: vectorOf(30), limit: 3 });
    const asked = { recommend: { positive: [30], strategy }, limit: 2 };
    const hits = await photos.query(asked);
    expect(hits.map((hit) => hit.id)).toEqual(near.slice(1).map((hit) => hit.id));
  },
);

test('recommends by vectors and by ids alike, and away from what is disliked', async () => {
  const liked = await photos.query({ recommend: { positive: [vectorOf(30)] }, limit: 5 });
  expect(liked[0]?.id).toBe(30);
  const disliked = liked[1]?.id ?? 0;
  const recommend = { positive: [vectorOf(30)], negative: [disliked] };
  const hits = await photos.query({ recommend, limit: count });
  const rank = (hits: { id: number }[], id: number) => hits.findIndex((hit) => hit.id === id);
  expect(rank(hits, disliked)).toBe(-1);
  const plain = await photos.query({ recommend: { positive: [vectorOf(30)] }, limit: count });
  const other = liked[2]?.id ?? 0;
  expect(rank(hits, other)).toBeGreaterThanOrEqual(rank(plain, other) - 1);
});

test('recommend keeps to the filter', async () => {
  const filter = { must_not: [{ key: 'tag', match: { value: 'cat' } }] };
  const hits = await photos.query({ recommend: { positive: [30] }, filter, limit: count });
  expect(hits.map((hit) => hit.id % 3)).toEqual(hits.map(() => 0));
  expect(hits).not.toHaveLength(0);
});

test('refuses to recommend from nothing, or from a point that is not there', async () => {
  await expectCode(photos.query({ recommend: {} }), 'ARGUMENT', /recommend/);
  await expectCode(photos.query({ recommend: { positive: [9999] } }), 'ARGUMENT', /9999/);
  const onlyNegative = { recommend: { negative: [1] } };
  await expectCode(photos.query(onlyNegative), 'ARGUMENT', /recommend.positive/);
  const strategy = 'best_score' as const;
  expect(await photos.query({ recommend: { negative: [1], strategy } })).toHaveLength(10);
});

test('facets count the values of an indexed field, most frequent first', async () => {
  await expectCode(photos.facet({ key: 'camera.name' }), 'ARGUMENT', /camera.name/);
  await photos.createPayloadIndex('camera.name', 'keyword');
  await photos.createPayloadIndex('favourite', 'bool');
  await photos.createPayloadIndex('year', 'integer');
  expect(await photos.facet({ key: 'camera.name' })).toEqual([
    { value: 'X100', count: 300 },
    { value: 'A7', count: 100 },
  ]);
  const filter = { must: [{ key: 'year', match: { value: 2004 } }] };
  expect(await photos.facet({ key: 'favourite', filter })).toEqual([{ value: true, count: 20 }]);
  expect(await photos.facet({ key: 'year', limit: 2 })).toHaveLength(2);
  expect((await photos.info()).payloadIndexes).toEqual({
    'camera.name': 'keyword',
    favourite: 'bool',
    year: 'integer',
  });
});

test('every type of payload index can be made and taken away, and filters answer the same', async () => {
  const collection = await openFresh({ dimensions: 2 });
  const types = ['keyword', 'integer', 'float', 'bool', 'datetime', 'text', 'geo', 'uuid'] as const;
  await collection.upsert([1, 2], new Float32Array([1, 0, 0, 1]), [{ integer: 5 }, { integer: 6 }]);
  const filter = { must: [{ key: 'integer', range: { gt: 5 } }] };
  expect(await collection.count({ filter })).toBe(1);
  for (const type of types) await collection.createPayloadIndex(type, type);
  expect(Object.keys((await collection.info()).payloadIndexes)).toHaveLength(8);
  expect(await collection.count({ filter })).toBe(1);
  for (const type of types) await collection.deletePayloadIndex(type);
  expect((await collection.info()).payloadIndexes).toEqual({});
  // @ts-expect-error: not a type
  await expectCode(collection.createPayloadIndex('x', 'colour'), 'ARGUMENT', /payload index/);
});
