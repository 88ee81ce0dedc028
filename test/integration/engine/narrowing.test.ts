// Searches narrowed to a folder, a date, a kind: right after photos were moved, copied and dated anew,
// and while another model was in use.
import { renameSync, utimesSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/shared/contract.ts';
import type { PhotoFilter } from '../../../src/shared/library.ts';
import { renamedModel } from '../../support/copyModel.ts';
import { homeIn, tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEngine, index, openTestEngine } from '../../support/testEngine.ts';

const parent = temporaryFolder();
let folder: string;
let engine: EngineApi;
let dataFolder: string;
let photos: string;

beforeEach(async () => {
  ({ folder, dataFolder, photos } = homeIn(parent));
  await mkdir(join(photos, 'trip'));
  renameSync(join(photos, 'coffee.png'), join(photos, 'trip/coffee.png'));
  engine = await openTestEngine({ dataFolder });
  await index(engine, photos);
});

/** By how they look, so that names have no part in it. */
async function left(filter: PhotoFilter): Promise<string[]> {
  const { hits } = await engine.call('search', { image: join(photos, 'camera.png'), filter });
  return hits.map(({ path }) => path.slice(photos.length + 1)).sort();
}

const trip = () => left({ folder: join(photos, 'trip') });

it('leaves what is in a folder or of a kind, and nothing of years without photos', async () => {
  expect(await trip()).toEqual(['trip/coffee.png']);
  expect(await left({ folder: photos })).toHaveLength(12);
  expect(await left({ folder: join(photos, 'tri') })).toEqual([]);
  const pngs = await left({ format: 'png' });
  expect(pngs).toContain('camera.png');
  expect(pngs.every((path) => path.endsWith('.png'))).toBe(true);
  expect(await left({ from: '1990', to: '1991' })).toEqual([]);
});

it('follows photos that are moved, and folders that are renamed', async () => {
  renameSync(join(photos, 'chelsea.png'), join(photos, 'trip/cat.png'));
  await index(engine, photos);
  expect(await trip()).toEqual(['trip/cat.png', 'trip/coffee.png']);
  renameSync(join(photos, 'trip'), join(photos, 'journey'));
  await index(engine, photos);
  expect(await trip()).toEqual([]);
  const journey = await left({ folder: join(photos, 'journey') });
  expect(journey).toEqual(['journey/cat.png', 'journey/coffee.png']);
});

it('finds a copy in each of its folders', async () => {
  await copyFile(join(photos, 'chelsea.png'), join(photos, 'trip/cat.png'));
  expect(await index(engine, photos)).toMatchObject({ recognised: 1, embedded: 0 });
  expect(await trip()).toEqual(['trip/cat.png', 'trip/coffee.png']);
  expect(await left({ folder: photos })).toContain('chelsea.png');
});

it('follows the date of a file that has no other', async () => {
  const then = new Date(1990, 5, 1);
  utimesSync(join(photos, 'chelsea.png'), then, then);
  expect(await index(engine, photos)).toMatchObject({ recognised: 1 });
  expect(await left({ from: '1990-06', to: '1990-06' })).toEqual(['chelsea.png']);
});

it('follows what was moved while another model was in use', async () => {
  await closeEngine(engine);
  const modelFolder = renamedModel(tinyModel, join(folder, 'model'));
  engine = await openTestEngine({ dataFolder, modelFolder });
  await index(engine, photos);
  renameSync(join(photos, 'chelsea.png'), join(photos, 'trip/cat.png'));
  await index(engine, photos);
  expect(await trip()).toEqual(['trip/cat.png', 'trip/coffee.png']);
  await closeEngine(engine);
  engine = await openTestEngine({ dataFolder });
  expect(await trip()).toEqual(['trip/cat.png', 'trip/coffee.png']);
});
