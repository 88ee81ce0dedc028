// Points in, points out: what is written is what is read.

import { expect, test } from 'vitest';
import { expectCode, freshPath, open, openFresh, range } from './support.ts';

const dimensions = 4;
const axes = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);

async function threePoints() {
  const collection = await openFresh({ dimensions });
  await collection.upsert([10, 20, 30], axes, [{ name: 'a', year: 2020 }, null, { name: 'c' }]);
  return collection;
}

test('a point comes back with its payload and vector', async () => {
  const collection = await threePoints();
  const [point] = await collection.retrieve([10], { withVector: true });
  expect(point).toEqual({
    id: 10,
    payload: { name: 'a', year: 2020 },
    vector: new Float32Array([1, 0, 0, 0]),
  });
});

test('retrieve keeps the order asked for and leaves out what is not there', async () => {
  const collection = await threePoints();
  const points = await collection.retrieve([30, 99, 10], { withPayload: false });
  expect(points).toEqual([{ id: 30 }, { id: 10 }]);
});

test('a point without a payload has an empty one', async () => {
  const collection = await threePoints();
  expect(await collection.retrieve([20])).toEqual([{ id: 20, payload: {} }]);
});

test('upserting an id again replaces vector and payload', async () => {
  const collection = await threePoints();
  await collection.upsert([10], new Float32Array([0, 0, 0, 1]), [{ other: true }]);
  const [point] = await collection.retrieve([10], { withVector: true });
  expect(point).toEqual({
    id: 10,
    payload: { other: true },
    vector: new Float32Array([0, 0, 0, 1]),
  });
  expect(await collection.count()).toBe(3);
});

test('ids go up to the largest safe integer, and may come as Float64Array', async () => {
  const collection = await openFresh({ dimensions });
  const ids = new Float64Array([0, Number.MAX_SAFE_INTEGER]);
  await collection.upsert(ids, axes.subarray(0, 8));
  const { points } = await collection.scroll({ withPayload: false });
  expect(points).toEqual([{ id: 0 }, { id: Number.MAX_SAFE_INTEGER }]);
});

test('deleted points are gone, and unknown ids are passed over', async () => {
  const collection = await threePoints();
  await collection.delete([10, 77]);
  expect(await collection.count()).toBe(2);
  expect(await collection.retrieve([10])).toEqual([]);
});

test('setPayload merges, overwritePayload replaces, deletePayload drops keys', async () => {
  const collection = await threePoints();
  await collection.setPayload([10], { year: 2021, tags: ['x'] });
  expect(await collection.retrieve([10])).toEqual([
    { id: 10, payload: { name: 'a', year: 2021, tags: ['x'] } },
  ]);
  await collection.deletePayload([10], ['year', 'tags']);
  expect(await collection.retrieve([10])).toEqual([{ id: 10, payload: { name: 'a' } }]);
  await collection.overwritePayload([10, 20], { only: 1 });
  expect((await collection.retrieve([10, 20])).map((point) => point.payload)).toEqual([
    { only: 1 },
    { only: 1 },
  ]);
});

test('scroll pages through all ids in ascending order', async () => {
  const collection = await openFresh({ dimensions: 2 });
  await collection.upsert(range(0, 25), new Float32Array(50).fill(1));
  const seen: number[] = [];
  let offset: number | null | undefined;
  do {
    const page = await collection.scroll({ limit: 10, offset: offset ?? undefined });
    seen.push(...page.points.map((point) => point.id));
    offset = page.nextOffset;
  } while (offset !== null);
  expect(seen).toEqual(range(0, 25));
});

test('writes that are not waited for are done in the order of the calls', async () => {
  const collection = await openFresh({ dimensions: 2 });
  const calls = range(0, 50).map((n) => collection.upsert([1], new Float32Array([1, n]), [{ n }]));
  await Promise.all([...calls, collection.setPayload([1], { last: true })]);
  expect(await collection.retrieve([1])).toEqual([{ id: 1, payload: { n: 49, last: true } }]);
});

test('a batch longer than one part arrives whole', async () => {
  const collection = await openFresh({ dimensions: 8 });
  const vectors = Float32Array.from({ length: 1500 * 8 }, (_, i) => (i % 97) + 1);
  const payloads = range(0, 1500).map((n) => ({ n }));
  await collection.upsert(range(0, 1500), vectors, payloads);
  expect(await collection.count()).toBe(1500);
  expect(await collection.retrieve([1499])).toEqual([{ id: 1499, payload: { n: 1499 } }]);
});

test.each([
  ['too few numbers', [1, 2], new Float32Array(4), /2 × 4 numbers/],
  ['a number that is not finite', [1], new Float32Array([1, 2, Number.NaN, 4]), /finite/],
  ['infinity', [1], new Float32Array([1, 2, 3, Number.POSITIVE_INFINITY]), /finite/],
  ['a negative id', [-1], new Float32Array(4), /safe integers/],
  ['a fractional id', [1.5], new Float32Array(4), /safe integers/],
  ['an id beyond the safe integers', [2 ** 53], new Float32Array(4), /safe integers/],
])('refuses %s and writes nothing', async (_, ids, vectors, text) => {
  const collection = await openFresh({ dimensions });
  await expectCode(collection.upsert(ids, vectors), 'ARGUMENT', text);
  expect(await collection.count()).toBe(0);
});

test('refuses a bad id in a Float64Array too', async () => {
  const collection = await openFresh({ dimensions });
  const bad = new Float64Array([Number.NaN]);
  await expectCode(collection.upsert(bad, new Float32Array(4)), 'ARGUMENT', /received NaN/);
  await expectCode(collection.delete(new Float64Array([-3])), 'ARGUMENT', /ids but received -3/);
});

test('refuses payloads that are not one for each id', async () => {
  const collection = await openFresh({ dimensions });
  const call = collection.upsert([1, 2], new Float32Array(8), [{}]);
  await expectCode(call, 'ARGUMENT', /Expected 2 objects or null for payloads/);
});

test('setting the payload of a point that is not there is refused', async () => {
  const collection = await threePoints();
  await expectCode(collection.setPayload([99], { a: 1 }), 'ARGUMENT', /99/);
});

test('refuses calls on a closed collection, and closing twice is fine', async () => {
  const collection = await threePoints();
  await Promise.all([collection.close(), collection.close()]);
  await expectCode(collection.count(), 'ARGUMENT', /open collection/);
  await expectCode(collection.delete([1]), 'ARGUMENT', /open collection/);
});

test('refuses settings that it does not know', async () => {
  const path = await freshPath();
  await expectCode(open(path, { dimensions: 0 }), 'ARGUMENT', /dimensions/);
  // @ts-expect-error: not a setting
  await expectCode(open(path, { dimensions: 4, color: 'red' }), 'ARGUMENT', /color/);
});
