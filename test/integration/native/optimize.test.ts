// Building graphs in the background, and what goes on meanwhile.

import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { __panicForTest, type OptimizeProgress } from '../../../native/index.mjs';
import { clustered, expectCode, freshPath, open, openFresh, range } from './support.ts';

const dimensions = 128;
const count = 12_000;
const vectors = clustered(count, dimensions);
const options = { dimensions, optimizer: { indexingThresholdKb: 1000 } };

/**
 * The longest time that the event loop did not get its turn while `work` ran, as a share of the
 * whole: 1 if it was blocked throughout. A share, because milliseconds depend on who else computes.
 */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let [longest, last] = [0, start];
  const look = () => {
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
  };
  const timer = setInterval(look, 1);
  await work();
  look();
  clearInterval(timer);
  return longest / (performance.now() - start);
}

function vectorOf(id: number): Float32Array {
  return vectors.slice(id * dimensions, (id + 1) * dimensions);
}

test('a long upsert and an optimisation leave the event loop its turns, and searches go on', async () => {
  const collection = await openFresh(options);
  const payloads = range(0, count).map((n) => ({ n, year: 2000 + (n % 20) }));
  const ids = Float64Array.from(range(0, count));
  const upserting = await longestWait(() => collection.upsert(ids, vectors, payloads));
  expect(upserting).toBeLessThan(0.3);
  await collection.createPayloadIndex('year', 'integer');

  const reports: OptimizeProgress[] = [];
  let searches = 0;
  let done = false;
  const optimizing = await longestWait(async () => {
    const run = collection.optimize({ onProgress: (p) => reports.push(p), intervalMs: 50 });
    const search = async () => {
      while (!done) {
        const [best] = await collection.query({ vector: vectorOf(searches % count), limit: 1 });
        expect(best?.id).toBe(searches % count);
        searches += 1;
      }
    };
    const write = collection.upsert(
      [count],
      vectorOf(0).map((x) => -x),
      [{ n: count }],
    );
    const searching = search();
    await write;
    expect(await run).toBe(true);
    done = true;
    await searching;
  });
  expect(optimizing).toBeLessThan(0.3);
  expect(searches).toBeGreaterThan(10);
  expect(reports.length).toBeGreaterThan(0);
  expect(reports[0]?.elapsedMs).toBeGreaterThan(0);

  const info = await collection.info();
  expect(info).toMatchObject({ dimensions, distance: 'Cosine', status: 'ready' });
  expect(info.indexedVectors).toBeGreaterThanOrEqual(count);
  expect(await collection.count()).toBe(count + 1);
  expect(await collection.retrieve([count])).toEqual([{ id: count, payload: { n: count } }]);
  expect(await collection.facet({ key: 'year', limit: 1 })).toHaveLength(1);
});

test('the graph finds nearly all that exact search finds, with a filter too', async () => {
  const path = await freshPath();
  const collection = await open(path, options);
  const some = 6000;
  const payloads = range(0, some).map((n) => ({ year: 2000 + (n % 20) }));
  await collection.upsert(range(0, some), vectors.subarray(0, some * dimensions), payloads);
  await collection.createPayloadIndex('year', 'integer');
  await collection.optimize();
  for (const filter of [undefined, { must: [{ key: 'year', range: { gte: 2010 } }] }]) {
    let [found, wanted] = [0, 0];
    for (const id of range(0, 25)) {
      const asked = { vector: vectorOf(id * 7), limit: 20, filter };
      const exact = await collection.query({ ...asked, exact: true });
      const quick = await collection.query(asked);
      const ids = new Set(quick.map((hit) => hit.id));
      found += exact.filter((hit) => ids.has(hit.id)).length;
      wanted += exact.length;
    }
    expect(found / wanted).toBeGreaterThan(0.95);
  }

  // What was optimised stays so, and there is nothing more to do.
  await collection.close();
  const again = await open(path, options);
  expect((await again.info()).indexedVectors).toBe(some);
  expect(await again.optimize()).toBe(false);
  // Points that come later are found at once, replaced ones are found as they are now.
  await again.upsert([0, some], new Float32Array([...vectorOf(1), ...vectorOf(2).map((x) => -x)]));
  const [late] = await again.query({ vector: vectorOf(2).map((x) => -x), limit: 1 });
  expect(late?.id).toBe(some);
  const twins = await again.query({ vector: vectorOf(1), limit: 2 });
  expect(twins.map((hit) => hit.id).toSorted()).toEqual([0, 1]);
});

test('a flush during an optimisation waits and succeeds', async () => {
  const collection = await openFresh(options);
  await collection.upsert(range(0, 4000), vectors.subarray(0, 4000 * dimensions));
  const run = collection.optimize();
  for (let i = 0; i < 20; i++) {
    await collection.upsert([9000 + i], vectorOf(i));
    await collection.flush();
  }
  await run;
  await collection.flush();
  expect(await collection.count()).toBe(4020);
});

test('a cancelled optimisation is no longer waited for, and closing still ends well', async () => {
  const path = await freshPath();
  const collection = await open(path, options);
  await collection.upsert(range(0, 4000), vectors.subarray(0, 4000 * dimensions));
  const controller = new AbortController();
  const run = expectCode(collection.optimize({ signal: controller.signal }), 'CANCELLED');
  // One that has not begun yet would be left out by the closing.
  while ((await collection.info()).status !== 'optimizing') await sleep(1);
  controller.abort();
  await run;
  await expectCode(collection.optimize({ signal: controller.signal }), 'CANCELLED');
  await collection.close();
  const again = await open(path, options);
  expect((await again.info()).indexedVectors).toBe(4000);
});

test('a snapshot opens like the original and holds what it held', async () => {
  const collection = await openFresh(options);
  const payloads = range(0, 3000).map((n) => ({ n }));
  await collection.upsert(range(0, 3000), vectors.subarray(0, 3000 * dimensions), payloads);
  await collection.optimize();
  const target = await freshPath();
  const copying = collection.snapshot(target);
  const later = collection.upsert([5000], vectorOf(5000));
  await Promise.all([copying, later]);
  await expectCode(collection.snapshot(target), 'ARGUMENT', /target/);
  const copy = await open(target, options);
  expect(await copy.count()).toBe(3000);
  expect(await copy.retrieve([2999])).toEqual([{ id: 2999, payload: { n: 2999 } }]);
  await copy.upsert([1], vectorOf(2), [{ changed: true }]);
  expect(await collection.retrieve([1])).toEqual([{ id: 1, payload: { n: 1 } }]);
});

// Provoked by a door made for it: a panic of the crate itself would be a defect we could not keep.
test('a panic on the Rust side is an error with its text, and the process lives on', async () => {
  await expectCode(
    __panicForTest(),
    'INTERNAL',
    /panicked: as the test asked \(src.*collection.rs:\d+\)/,
  );
  const collection = await openFresh({ dimensions: 2 });
  expect(await collection.count()).toBe(0);
});
