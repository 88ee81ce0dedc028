// Between processes and across their ends: locks, kills, what is kept. The other process is real,
// and so is the kill.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { clustered, expectCode, freshPath, open, range } from './support.ts';

const script = fileURLToPath(new URL('child.mjs', import.meta.url));
const dimensions = 8;
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
});

/** Starts the other process and waits until it has said `last`. */
async function start(path: string, width: number, steps: string[], last = steps.at(-1) ?? 'open') {
  const child = spawn(process.execPath, [script, path, String(width), ...steps], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === last) return child;
    if (line.startsWith('error')) throw new Error(`the other process: ${line}`);
  }
  throw new Error(`the other process ended before it said ${last}`);
}

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('a folder that another process has open is INDEX_LOCKED until that process is killed', async () => {
  const path = await freshPath();
  const child = await start(path, dimensions, []);
  await expectCode(open(path, { dimensions }), 'INDEX_LOCKED', /open in another process/);
  await kill(child);
  const collection = await open(path, { dimensions });
  expect(await collection.count()).toBe(0);
});

test('a folder is INDEX_LOCKED for a second handle in the same process until the first is closed', async () => {
  const path = await freshPath();
  const first = await open(path, { dimensions });
  await expectCode(open(path, { dimensions }), 'INDEX_LOCKED');
  await first.close();
  await open(path, { dimensions });
});

test('what was written is there after close and reopening', async () => {
  const path = await freshPath();
  const first = await open(path, { dimensions });
  await first.upsert(
    range(0, 100),
    clustered(100, dimensions),
    range(0, 100).map((n) => ({ n })),
  );
  await first.createPayloadIndex('n', 'integer');
  await first.delete([5]);
  await first.close();
  const second = await open(path, { dimensions });
  expect(await second.count()).toBe(99);
  expect(await second.retrieve([99])).toEqual([{ id: 99, payload: { n: 99 } }]);
  expect((await second.info()).payloadIndexes).toEqual({ n: 'integer' });
});

test('what was flushed is there after kill -9, and the collection takes new writes', async () => {
  const path = await freshPath();
  const child = await start(path, dimensions, ['upsert:0:300', 'flush', 'upsert:300:400']);
  await kill(child);
  const collection = await open(path, { dimensions });
  const count = await collection.count();
  expect(count).toBeGreaterThanOrEqual(300);
  expect(count).toBeLessThanOrEqual(400);
  const flushed = await collection.retrieve(range(0, 300));
  expect(flushed.map((point) => point.payload)).toEqual(range(0, 300).map((id) => ({ id })));
  await collection.upsert(
    range(0, 400),
    clustered(400, dimensions),
    range(0, 400).map((n) => ({ n })),
  );
  await collection.close();
  const again = await open(path, { dimensions });
  expect(await again.count()).toBe(400);
  expect(await again.retrieve([0, 399])).toEqual([
    { id: 0, payload: { n: 0 } },
    { id: 399, payload: { n: 399 } },
  ]);
});

test('kill -9 in the middle of an optimisation loses nothing that was flushed', async () => {
  const path = await freshPath();
  const width = 128;
  const child = await start(path, width, ['upsert:0:22000', 'flush', 'optimize']);
  await new Promise((resolve) => setTimeout(resolve, 250));
  await kill(child);
  const collection = await open(path, { dimensions: width });
  expect(await collection.count()).toBe(22_000);
  expect(await collection.retrieve([21_999])).toEqual([{ id: 21_999, payload: { id: 21_999 } }]);
});

test('kill -9 leaves what is known of every point that was flushed, and hides none that was not', async () => {
  const path = await freshPath();
  const steps = ['upsert:0:6000', 'flush', 'upsert:6000:6400', 'flush', 'upsert:6400:6500'];
  await kill(await start(path, dimensions, steps));
  const collection = await open(path, { dimensions });
  const vector = clustered(1, dimensions);
  const near = (among: number[]) => collection.nearest(vector, { limit: 10, likely: 200, among });
  expect(await near(range(0, 6400))).toHaveLength(10);
  const there = (await collection.count()) - 6400;
  // What is there and not known keeps it from an answer.
  const others = await near(range(6400, 6500));
  expect(others).toEqual(there > 0 ? undefined : []);
});
