// A folder that cannot be loaded says so by code, and never takes the process down.

import { readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { EdgeCollection } from '../../../native/index.mjs';
import {
  clustered,
  copyOf,
  expectCode,
  freshPath,
  open,
  range,
  temporaryFolder,
} from './support.ts';

const dimensions = 64;
const options = { dimensions, optimizer: { indexingThresholdKb: 100 } };
let whole: string;

beforeAll(async () => {
  const folder = await temporaryFolder();
  whole = join(folder, 'collection');
  const collection = await EdgeCollection.open(whole, options);
  await collection.upsert(range(0, 2000), clustered(2000, dimensions));
  await collection.optimize();
  await collection.upsert(range(2000, 2100), clustered(100, dimensions));
  await collection.close();
  return () => rm(folder, { recursive: true, force: true });
});

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test.each([
  ['its settings are cut short', (path: string) => truncate(join(path, 'edge_config.json'), 10)],
  ['its settings are nonsense', (path: string) => writeFile(join(path, 'edge_config.json'), '{}')],
  ['its segments are gone', (path: string) => rm(join(path, 'segments'), { recursive: true })],
  ['its log is gone', (path: string) => rm(join(path, 'wal'), { recursive: true })],
])('a folder is INDEX_DAMAGED when %s', async (_, harm) => {
  const path = await copyOf(whole);
  await harm(path);
  await expectCode(open(path, options), 'INDEX_DAMAGED', /cannot be loaded/);
});

test('a segment whose state is cut short is INDEX_DAMAGED, and the folder is not left locked', async () => {
  const path = await copyOf(whole);
  for (const file of await filesOf(path)) {
    if (file.endsWith('segment.json')) await truncate(file, 20);
  }
  await expectCode(open(path, options), 'INDEX_DAMAGED');
  await expectCode(open(path, options), 'INDEX_DAMAGED');
});

test('other dimensions, or another distance, than the folder holds are ARGUMENT, not damage', async () => {
  const path = await copyOf(whole);
  await expectCode(open(path, { dimensions: 32 }), 'ARGUMENT', /64 .* for dimensions .* 32/);
  const dot = { dimensions, distance: 'Dot' } as const;
  await expectCode(open(path, dot), 'ARGUMENT', /Cosine .* for distance/);
  expect(await (await open(path, options)).count()).toBe(2100);
});

test('a path that cannot be a folder is INTERNAL and names the path', async () => {
  const path = await freshPath();
  await writeFile(path, 'a file');
  await expectCode(open(path, options), 'INTERNAL', /collection/);
});
