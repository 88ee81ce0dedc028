// What the tests of the addon share: temp folders that go away, and vectors with some structure.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { EdgeCollection, type OpenOptions } from '../../../native/index.mjs';

const folders: string[] = [];
const opened: EdgeCollection[] = [];

afterEach(async () => {
  await Promise.allSettled(opened.splice(0).map((collection) => collection.close()));
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A path in a temp folder of its own; nothing is there yet. It goes away when the test ends. */
export async function freshPath(): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return join(folder, 'collection');
}

/** For what several tests share: who makes it takes it away. */
export async function temporaryFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'ocelli-edge-'));
}

/** A copy of a closed collection, which goes away when the test ends. */
export async function copyOf(collection: string): Promise<string> {
  const path = await freshPath();
  await cp(collection, path, { recursive: true });
  return path;
}

/** A collection that is closed when its test ends. */
export async function open(path: string, options: OpenOptions): Promise<EdgeCollection> {
  const collection = await EdgeCollection.open(path, options);
  opened.push(collection);
  return collection;
}

export async function openFresh(options: OpenOptions): Promise<EdgeCollection> {
  return open(await freshPath(), options);
}

/** Numbers from 0 (inclusive) to 1, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` vectors, one after the other, around `clusters` centres; not of unit length. */
export function clustered(count: number, dimensions: number, seed = 1, clusters = 50) {
  const next = seeded(seed);
  const centres = Float32Array.from({ length: clusters * dimensions }, () => next() - 0.5);
  const vectors = new Float32Array(count * dimensions);
  for (let point = 0; point < count; point++) {
    const centre = Math.floor(next() * clusters) * dimensions;
    for (let i = 0; i < dimensions; i++) {
      vectors[point * dimensions + i] = (centres[centre + i] ?? 0) + (next() - 0.5) * 0.8;
    }
  }
  return vectors;
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

export async function expectCode(promise: Promise<unknown>, code: string, text?: RegExp) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code });
  if (text !== undefined) expect(error).toMatchObject({ message: expect.stringMatching(text) });
}
