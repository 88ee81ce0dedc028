// Indexing waits for searches, for a while.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Courtesy } from '../../../src/engine/pool/courtesy.ts';

const { signal } = new AbortController();

/** Whether it has resolved, asked at any time. */
function watch(promise: Promise<unknown>): () => boolean {
  let isOver = false;
  void promise.finally(() => {
    isOver = true;
  });
  return () => isOver;
}

it('lets work pass where nobody searches', async () => {
  const courtesy = new Courtesy({ afterMs: 60_000, mostMs: 60_000 });
  await courtesy.passed(signal);
});

it('holds work back during a search, and for a moment after', async () => {
  const courtesy = new Courtesy({ afterMs: 200, mostMs: 60_000 });
  let found: (answer: string) => void = () => {};
  const answer = courtesy.during(() => new Promise<string>((resolve) => (found = resolve)));
  const hasPassed = watch(courtesy.passed(signal));
  await sleep(50);
  expect(hasPassed()).toBe(false);
  found('found');
  expect(await answer).toBe('found');
  const answeredAt = performance.now();
  await courtesy.passed(signal);
  expect(performance.now() - answeredAt).toBeGreaterThan(150);
});

it('holds nothing back after a search that failed and its moment', async () => {
  const courtesy = new Courtesy({ afterMs: 0, mostMs: 60_000 });
  await expect(courtesy.during(() => Promise.reject(new Error('no model')))).rejects.toThrow();
  await courtesy.passed(signal);
});

it('lets work pass in the end, whoever searches', async () => {
  const courtesy = new Courtesy({ afterMs: 0, mostMs: 100 });
  let found = () => {};
  const answer = courtesy.during(() => new Promise<void>((resolve) => (found = resolve)));
  await courtesy.passed(signal);
  found();
  await answer;
});

it('lets go at once of work that is called off', async () => {
  const courtesy = new Courtesy({ afterMs: 60_000, mostMs: 60_000 });
  await courtesy.during(() => Promise.resolve());
  const abort = new AbortController();
  const passed = courtesy.passed(abort.signal);
  const hasPassed = watch(passed);
  await sleep(50);
  expect(hasPassed()).toBe(false);
  abort.abort();
  await passed;
});
