// Sketches: which of many points are worth comparing. They may be lost, cut or out of date; what is
// not known of a point never keeps it from being compared.
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { EdgeCollection } from '../../../native/index.mjs';
import {
  clustered,
  copyOf,
  expectCode,
  open,
  openFresh,
  range,
  temporaryFolder,
} from './support.ts';

const dimensions = 96;
const count = 6000;
const options = { dimensions, optimizer: { indexingThresholdKb: 100 } };
const vectors = clustered(count, dimensions, 1, 300);
const queries = clustered(20, dimensions, 2, 300);
const all = range(0, count);
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

async function likeliest(collection: EdgeCollection, limit: number, among = all, vector = query()) {
  return [...(await collection.likeliest(vector, among, limit))].sort((a, b) => a - b);
}

/** The share of the 100 best that are among the likeliest tenth, over all queries. */
async function recall(collection: EdgeCollection): Promise<number> {
  let found = 0;
  for (const i of range(0, 20)) {
    const best = await collection.query({ vector: query(i), limit: 100, exact: true });
    const likely = new Set(await collection.likeliest(query(i), all, count / 10));
    expect(likely.size).toBe(count / 10);
    found += best.filter(({ id }) => likely.has(id)).length;
  }
  return found / 2000;
}

test('the likeliest tenth holds the best', async () => {
  const collection = await open(await copyOf(whole), options);
  expect(await recall(collection)).toBeGreaterThan(0.98);
});

test('the likeliest of all are those of a list of all', async () => {
  const collection = await open(await copyOf(whole), options);
  const listed = await likeliest(collection, count / 20);
  const ofAll = await collection.likeliestOfAll(query(), count / 20);
  expect([...(ofAll ?? [])].sort((a, b) => a - b)).toEqual(listed);
  await collection.delete([listed[0] ?? 0]);
  const without = await collection.likeliestOfAll(query(), count / 20);
  expect(without).not.toContain(listed[0]);
});

test('of all, nothing is said where more than a tenth is wanted or points have no sketch', async () => {
  const path = await copyOf(whole);
  const collection = await open(path, options);
  expect(await collection.likeliestOfAll(query(), count / 10 + 1)).toBeUndefined();
  await collection.close();
  await truncate(join(path, 'sketches'), 100_000);
  expect(await (await open(path, options)).likeliestOfAll(query(), 10)).toBeUndefined();
  const small = await openFresh({ dimensions });
  expect(await small.likeliestOfAll(query(), 10)).toBeUndefined();
});

test('among very many points, those that lie apart from a vector are looked through, others not', async () => {
  const many = 200_001;
  const collection = await openFresh({ dimensions: 8 });
  const aside = clustered(many, 8).map((value, i) => value + (i % 8 === 0 ? 2 : 0));
  await collection.upsert(range(0, many), aside);
  await collection.flush();
  expect(await collection.likeliestOfAll(aside.slice(80, 88), 10)).toBeUndefined();
  const apart = Float32Array.of(0, 1, 1, 1, 1, 1, 1, 1);
  expect(await collection.likeliestOfAll(apart, 10)).toHaveLength(10);
});

test('fewer points than are wanted are all returned, and those that are not there are none', async () => {
  const collection = await open(await copyOf(whole), options);
  expect(await likeliest(collection, 100, [3, 9, count + 5, 9_000_000_000])).toEqual([3, 9]);
  expect(await likeliest(collection, 100, [])).toEqual([]);
});

test('no point is left out before there are sketches, of a small collection, and by distance', async () => {
  const some = clustered(5000, 8);
  const collection = await openFresh({ dimensions: 8 });
  await collection.upsert(range(0, 4999), some.subarray(0, 4999 * 8));
  await collection.flush();
  const among = range(0, 5000);
  const ask = () => likeliest(collection, 10, among, some.slice(0, 8));
  expect(await ask()).toHaveLength(5000);
  await collection.upsert([4999], some.subarray(4999 * 8));
  expect(await ask()).toHaveLength(5000);
  await collection.flush();
  expect(await ask()).toHaveLength(10);

  const apart = await openFresh({ dimensions: 8, distance: 'Euclid' });
  await apart.upsert(among, some);
  await apart.flush();
  expect(await likeliest(apart, 10, among, some.slice(0, 8))).toHaveLength(5000);
});

test('a point that is written, written again or deleted is seen at once', async () => {
  const collection = await open(await copyOf(whole), options);
  const ask = () => likeliest(collection, 1, [7, 8, count]);
  await collection.upsert([count], query());
  expect(await ask()).toEqual([count]);
  await collection.upsert([count, 8], Float32Array.from([...vectorOf(7), ...query()]));
  expect(await ask()).toEqual([8]);
  await collection.delete([8]);
  expect(await likeliest(collection, 5, [7, 8])).toEqual([7]);
});

test('the length of a vector does not count', async () => {
  const collection = await open(await copyOf(whole), options);
  await collection.upsert(
    [count],
    query().map((value) => value / 100),
  );
  expect(await likeliest(collection, 1, [...all, count])).toEqual([count]);
});

test('of products, the length counts', async () => {
  const collection = await openFresh({ dimensions, distance: 'Dot' });
  await collection.upsert(all, vectors);
  await collection.flush();
  await collection.upsert(
    [count],
    query().map((value) => value * 100),
  );
  expect(await likeliest(collection, 1, [...all, count])).toEqual([count]);
});

test('the next start knows what this one knew', async () => {
  const path = await copyOf(whole);
  const first = await open(path, options);
  await first.upsert([count], query());
  await first.delete([5]);
  const before = await likeliest(first, 50, [...all, count]);
  await first.close();
  const second = await open(path, options);
  expect(await likeliest(second, 50, [...all, count])).toEqual(before);
  expect(await likeliest(second, 5, [5])).toEqual([]);
});

test('centres follow a collection that outgrows them', async () => {
  const far = clustered(count * 10, 8, 3);
  const collection = await openFresh({ dimensions: 8 });
  await collection.upsert(range(0, count), far.subarray(0, count * 8));
  await collection.flush();
  await collection.upsert(range(count, count * 10), far.subarray(count * 8));
  await collection.upsert([count * 10, count * 10 + 1], far.subarray(0, 16));
  await collection.flush();
  const among = range(0, count * 10 + 2);
  const vector = far.slice(80, 88);
  expect(await likeliest(collection, 1000, among, vector)).toHaveLength(1000);
  expect(await likeliest(collection, 1000, among, vector)).toContain(10);
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

describe('sketches that are lost or damaged hide no point, and come back', () => {
  test.each([
    ['the file is gone', (file: string) => rm(file)],
    ['the file is empty', (file: string) => truncate(file)],
    ['its head is nonsense', (file: string) => writeFile(file, Buffer.alloc(5000, 7))],
    ['it is cut within a sketch', (file: string) => truncate(file, 100_003)],
    ['half of it is zeros', blank],
  ])('%s', async (_, harm) => {
    const path = await copyOf(whole);
    await harm(join(path, 'sketches'));
    const collection = await open(path, options);
    const ids = await likeliest(collection, 200);
    expect(ids.length).toBeGreaterThan(count / 3);
    // Those that have one still are chosen from; all others are returned.
    const best = await collection.query({ vector: query(), limit: 10, exact: true });
    expect(ids).toEqual(expect.arrayContaining(best.map(({ id }) => id)));
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
  await expectCode(collection.likeliest(query().slice(1), [1], 5), 'ARGUMENT', /vector/);
  await expectCode(collection.likeliest(query(), [1.5], 5), 'ARGUMENT', /among/);
  await expectCode(collection.likeliest(query(), Float64Array.of(-1), 5), 'ARGUMENT', /among/);
  await expectCode(collection.likeliestOfAll(query().slice(1), 5), 'ARGUMENT', /vector/);
  await expectCode(collection.likeliestOfAll(query(), 0), 'ARGUMENT', /limit/);
  for (const limit of [0, 1.5, 2 ** 32]) {
    await expectCode(collection.likeliest(query(), [1], limit), 'ARGUMENT', /limit/);
  }
});
