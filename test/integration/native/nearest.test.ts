// The nearest by sketches and codes. Both may be lost, cut or out of date: then nothing is said, rather
// than something wrong, until a flush has made them again.
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { EdgeCollection, PointList } from '../../../native/index.mjs';
import {
  clustered,
  copyOf,
  expectCode,
  freshPath,
  open,
  openFresh,
  range,
  temporaryFolder,
} from './support.ts';

const dimensions = 96;
const count = 6000;
const options = { dimensions, quantization: 'none' } as const;
const vectors = clustered(count, dimensions, 1, 300);
const queries = clustered(20, dimensions, 2, 300);
const all = range(0, count);
/** As many as may be compared of all. */
const likely = count / 10;
let whole: string;

beforeAll(async () => {
  const folder = await temporaryFolder();
  whole = join(folder, 'collection');
  const collection = await EdgeCollection.open(whole, options);
  await collection.upsert(all, vectors);
  await collection.flush();
  await collection.close();
  return () => rm(folder, { recursive: true, force: true });
});

function query(i = 0): Float32Array {
  return queries.slice(i * dimensions, (i + 1) * dimensions);
}

function vectorOf(id: number): Float32Array {
  return vectors.slice(id * dimensions, (id + 1) * dimensions);
}

async function nearest(
  collection: EdgeCollection,
  limit: number,
  among?: readonly number[],
  vector = query(),
): Promise<number[] | undefined> {
  const near = await collection.nearest(vector, { limit, likely, among });
  return near?.map(({ id }) => id);
}

/** The share of the 100 best that is found, over all queries. */
async function recall(collection: EdgeCollection, among?: readonly number[]): Promise<number> {
  let found = 0;
  for (const i of range(0, 20)) {
    const best = await collection.query({ vector: query(i), limit: 100, exact: true, among });
    const near = new Set(await nearest(collection, 100, among, query(i)));
    expect(near.size).toBe(100);
    found += best.filter(({ id }) => near.has(id)).length;
  }
  return found / 2000;
}

test.each([
  ['all', undefined],
  ['a list', range(0, count / 2).map((i) => i * 2)],
])('the nearest of %s are found', async (_, among) => {
  const collection = await open(await copyOf(whole), options);
  expect(await recall(collection, among)).toBeGreaterThan(0.98);
});

test('they come best first, and score as an exact search has it', async () => {
  const collection = await open(await copyOf(whole), options);
  const near = (await collection.nearest(query(), { limit: 50, likely })) ?? [];
  const exact = await collection.query({ vector: query(), limit: 100, exact: true });
  const scores = new Map(exact.map(({ id, score }) => [id, score]));
  expect(near).toHaveLength(50);
  for (const { id, score } of near) expect(score).toBeCloseTo(scores.get(id) ?? 0, 4);
  expect(near).toEqual(near.toSorted((a, b) => b.score - a.score));
});

test('among very many, in many cells, the nearest are found', async () => {
  // More than are looked at whole.
  const many = 160_000;
  const collection = await openFresh({ dimensions: 32, quantization: 'none' });
  await collection.upsert(range(0, many), clustered(many, 32, 1, 200));
  await collection.flush();
  const asked = clustered(20, 32, 2, 200);
  let found = 0;
  for (const i of range(0, 20)) {
    const vector = asked.slice(i * 32, (i + 1) * 32);
    const best = await collection.query({ vector, limit: 50, exact: true });
    const near = await collection.nearest(vector, { limit: 50, likely: 400 });
    const ids = new Set(near?.map(({ id }) => id));
    found += best.filter(({ id }) => ids.has(id)).length;
  }
  expect(found / 1000).toBeGreaterThan(0.97);
});

test('fewer points than are wanted are all returned, and those that are not there are none', async () => {
  const collection = await open(await copyOf(whole), options);
  const some = await nearest(collection, 100, [3, 9, count + 5, 9_000_000_000]);
  expect(some?.toSorted()).toEqual([3, 9]);
  expect(await nearest(collection, 100, [])).toEqual([]);
});

test('nothing is said of a small collection, of one that was not flushed, and by distance', async () => {
  const some = clustered(5000, 8);
  const collection = await openFresh({ dimensions: 8 });
  await collection.upsert(range(0, 4999), some.subarray(0, 4999 * 8));
  await collection.flush();
  const ask = () => collection.nearest(some.slice(0, 8), { limit: 10 });
  expect(await ask()).toBeUndefined();
  await collection.upsert([4999], some.subarray(4999 * 8));
  expect(await ask()).toBeUndefined();
  await collection.flush();
  expect(await ask()).toHaveLength(10);

  const apart = await openFresh({ dimensions: 8, distance: 'Euclid' });
  await apart.upsert(range(0, 5000), some);
  await apart.flush();
  expect(await apart.nearest(some.slice(0, 8), { limit: 10 })).toBeUndefined();
});

test('of all, nothing is said where more than a tenth would be compared', async () => {
  const collection = await open(await copyOf(whole), options);
  expect(await collection.nearest(query(), { limit: 10, likely: likely + 1 })).toBeUndefined();
  expect(await collection.nearest(query(), { limit: 10, likely })).toHaveLength(10);
});

test('a point that is written, written again or deleted is seen at once', async () => {
  const collection = await open(await copyOf(whole), options);
  const ask = () => nearest(collection, 1, [7, 8, count]);
  await collection.upsert([count], query());
  expect(await ask()).toEqual([count]);
  expect(await nearest(collection, 1)).toEqual([count]);
  await collection.upsert([count, 8], Float32Array.from([...vectorOf(7), ...query()]));
  expect(await ask()).toEqual([8]);
  await collection.delete([8]);
  expect(await nearest(collection, 5, [7, 8])).toEqual([7]);
  expect(await nearest(collection, 50)).not.toContain(8);
});

test('many that are deleted and written again take the room of those before', async () => {
  const path = await copyOf(whole);
  const collection = await open(path, options);
  const room = async () => (await stat(join(path, 'codes'))).size;
  const before = await room();
  for (let round = 0; round < 3; round++) {
    await collection.delete(all.slice(0, 3000));
    const ids = range(0, 3000).map((i) => count + round * 3000 + i);
    await collection.upsert(ids, vectors.subarray(0, 3000 * dimensions));
    expect(await nearest(collection, 10, ids, vectorOf(5))).toContain(ids[5]);
    await collection.delete(ids);
    await collection.upsert(all.slice(0, 3000), vectors.subarray(0, 3000 * dimensions));
  }
  await collection.flush();
  expect(await room()).toBe(before);
  expect(await recall(collection)).toBeGreaterThan(0.98);
});

test('points that are all the same, and some that are nothing, are found like others', async () => {
  const collection = await openFresh({ dimensions: 8 });
  const same = Float32Array.from({ length: 5000 * 8 }, (_, i) => (i < 80 ? 0 : (i % 8) + 1));
  await collection.upsert(range(0, 5000), same);
  await collection.flush();
  const near = await collection.nearest(same.slice(80, 88), { limit: 400 });
  expect(near).toHaveLength(400);
  for (const { id, score } of near ?? []) {
    expect(id).toBeGreaterThanOrEqual(10);
    expect(score).toBeCloseTo(1, 4);
  }
  expect(await collection.nearest(new Float32Array(8), { limit: 5 })).toHaveLength(5);
});

test('the length of a vector does not count', async () => {
  const collection = await open(await copyOf(whole), options);
  await collection.upsert(
    [count],
    query().map((value) => value / 100),
  );
  expect(await nearest(collection, 1)).toEqual([count]);
});

test('of products, the length counts', async () => {
  const collection = await openFresh({ dimensions, distance: 'Dot' });
  await collection.upsert(all, vectors);
  await collection.flush();
  await collection.upsert(
    [count],
    query().map((value) => value * 100),
  );
  expect(await nearest(collection, 1)).toEqual([count]);
});

test('the next start knows what this one knew', async () => {
  const path = await copyOf(whole);
  const first = await open(path, options);
  await first.upsert([count], query());
  await first.delete([5]);
  const before = await first.nearest(query(), { limit: 50, likely });
  expect(before?.[0]?.id).toBe(count);
  await first.close();
  const second = await open(path, options);
  expect(await second.nearest(query(), { limit: 50, likely })).toEqual(before);
  expect(await nearest(second, 5, [5])).toEqual([]);
});

describe('a collection that outgrows its cells', () => {
  const far = clustered(count * 5, 8, 3);
  const vectorAt = (id: number) => far.slice(id * 8, (id + 1) * 8);

  async function outgrown(): Promise<{ path: string; collection: EdgeCollection }> {
    const path = await freshPath();
    const collection = await open(path, { dimensions: 8 });
    await collection.upsert(range(0, count), far.subarray(0, count * 8));
    await collection.flush();
    await collection.upsert(range(count, count * 5), far.subarray(count * 8));
    await collection.upsert([count * 5], far.subarray(0, 8));
    return { path, collection };
  }

  test('has others chosen, and searches go on meanwhile', async () => {
    const { path, collection } = await outgrown();
    let isFlushed = false;
    const flushed = collection.flush().then(() => {
      isFlushed = true;
    });
    let meanwhile = 0;
    while (!isFlushed) {
      expect(await nearest(collection, 10, undefined, vectorAt(10))).toContain(10);
      if (!isFlushed) meanwhile++;
    }
    await flushed;
    expect(meanwhile).toBeGreaterThan(5);
    for (const id of [10, count * 5 - 1]) {
      expect(await nearest(collection, 10, undefined, vectorAt(id))).toContain(id);
    }
    await collection.close();
    const again = await open(path, { dimensions: 8 });
    expect(await nearest(again, 10, undefined, vectorAt(10))).toContain(10);
  });

  test('begins again where codes were lost', async () => {
    const { path, collection } = await outgrown();
    await truncate(join(path, 'codes'), 40_000);
    await collection.flush();
    expect(await nearest(collection, 10, undefined, vectorAt(10))).toBeUndefined();
    await collection.flush();
    expect(await nearest(collection, 10, undefined, vectorAt(10))).toContain(10);
  });
});

test('a list that is searched again finds what was written since', async () => {
  const collection = await open(await copyOf(whole), options);
  const list = new PointList([7, 8, 8, count, 3]);
  const ask = async () => {
    const near = await collection.nearest(query(), { limit: 10, among: list });
    return near?.map(({ id }) => id);
  };
  expect((await ask())?.toSorted()).toEqual([3, 7, 8]);
  await collection.upsert([count], query());
  expect((await ask())?.[0]).toBe(count);
  await collection.upsert([count, 8], Float32Array.from([...vectorOf(7), ...query()]));
  expect((await ask())?.[0]).toBe(8);
  await collection.delete([8]);
  expect((await ask())?.toSorted()).toEqual([3, count, 7]);
  // Of another collection it tells nothing of this one.
  const other = await open(await copyOf(whole), options);
  const there = await other.nearest(query(), { limit: 10, among: list });
  expect(there?.map(({ id }) => id).toSorted()).toEqual([3, 7, 8]);
  expect((await ask())?.toSorted()).toEqual([3, count, 7]);
});

test('what was written again and again is cleared away', async () => {
  const path = await copyOf(whole);
  const collection = await open(path, options);
  const sizes: number[] = [];
  for (let round = 0; round < 8; round++) {
    await collection.upsert(all, vectors);
    await collection.flush();
    sizes.push((await stat(join(path, 'sketches'))).size);
  }
  expect(Math.max(...sizes)).toBeGreaterThan(sizes.at(-1) ?? 0);
  expect(await recall(collection)).toBeGreaterThan(0.98);
  await collection.close();
  const again = await open(path, options);
  expect(await recall(again)).toBeGreaterThan(0.98);
});

describe('what is lost or damaged is noticed, and comes back', () => {
  const emptied = (path: string) => truncate(path);
  const nonsense = (path: string) => writeFile(path, Buffer.alloc(5000, 7));
  const cut = (path: string) => truncate(path, 300_003);
  const cases: [string, string, (path: string) => Promise<void>][] = [
    ['sketches', 'gone', rm],
    ['sketches', 'empty', emptied],
    ['sketches', 'nonsense', nonsense],
    ['sketches', 'cut', cut],
    ['sketches', 'half zeros', blank],
    ['codes', 'gone', rm],
    ['codes', 'empty', emptied],
    ['codes', 'nonsense', nonsense],
    ['codes', 'cut', cut],
    ['codes', 'half zeros', blank],
  ];
  test.each(cases)('%s: %s', async (file, _, harm) => {
    const path = await copyOf(whole);
    await harm(join(path, file));
    const collection = await open(path, options);
    for (const i of range(0, 5)) await nearest(collection, likely, undefined, query(i));
    expect(await nearest(collection, 10)).toBeUndefined();
    await collection.flush();
    expect(await recall(collection)).toBeGreaterThan(0.98);
  });
});

async function blank(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes.fill(0, bytes.length / 2);
  await writeFile(file, bytes);
}

test('what cannot be asked is refused by name', async () => {
  const collection = await open(await copyOf(whole), options);
  const ask = (vector: Float32Array, among: number[] | Float64Array, limit = 5, likely = 5) =>
    collection.nearest(vector, { among, limit, likely });
  await expectCode(ask(query().slice(1), [1]), 'ARGUMENT', /vector/);
  await expectCode(ask(query(), [1.5]), 'ARGUMENT', /among/);
  await expectCode(ask(query(), Float64Array.of(-1)), 'ARGUMENT', /among/);
  for (const number of [0, 1.5, 2 ** 32]) {
    await expectCode(ask(query(), [1], number), 'ARGUMENT', /limit/);
    await expectCode(ask(query(), [1], 5, number), 'ARGUMENT', /likely/);
  }
});
