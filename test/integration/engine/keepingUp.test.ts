// The library keeps up with its folders: what is new is embedded, what is known is recognised, and
// what has not changed costs nothing.
import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/shared/contract.ts';
import { renamedModel } from '../../support/copyModel.ts';
import { copyPhotos, drawPhotos, homeIn, tinyModel, tinyPhotoNames } from '../../support/photos.ts';
import { drawPng } from '../../support/png.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import {
  closeEngine,
  expectSum,
  index,
  openTestEngine,
  paths,
  watchProgress,
} from '../../support/testEngine.ts';

const parent = temporaryFolder();
let folder: string;
let engine: EngineApi;
let dataFolder: string;
let photos: string;

beforeEach(async () => {
  ({ folder, dataFolder, photos } = homeIn(parent));
  engine = await openTestEngine({ dataFolder });
  await index(engine, photos);
});

describe('a library', () => {
  it('finds its photos, and counts them so that the sum is right', async () => {
    const [first] = (await engine.call('search', { image: join(photos, 'coffee.png') })).hits;
    expect(first?.path).toBe(join(photos, 'coffee.png'));
    expect(first?.score).toBeGreaterThan(0.999);
    const status = await engine.call('status', {});
    expectSum(status);
    expect(status).toMatchObject({ eligible: 12, indexed: 12, pending: 0, points: 12 });
    expect(status.lastRun).toMatchObject({ outcome: 'complete', embedded: 12, unchanged: 0 });
    expect(status.roots).toMatchObject([{ path: photos, state: 'online', photos: 12 }]);
  });

  it('touches nothing and starts no process for folders that have not changed', async () => {
    const seen = watchProgress(engine);
    const report = await index(engine);
    expect(report).toMatchObject({ indexed: 12, unchanged: 12, embedded: 0, recognised: 0 });
    expect(seen.flatMap((progress) => progress.workers)).toEqual([]);
  });

  it('remembers all of it when it is opened again', async () => {
    const before = await paths(engine, 'coffee');
    await closeEngine(engine);
    engine = await openTestEngine({ dataFolder });
    expect(await paths(engine, 'coffee')).toEqual(before);
    expect(await index(engine)).toMatchObject({ unchanged: 12, embedded: 0 });
  });

  it('embeds what is new, and what has changed anew', async () => {
    drawPhotos(join(photos, 'deep/below'), 3);
    writeFileSync(join(photos, 'camera.png'), drawPng(999));
    const report = await index(engine, photos);
    expect(report).toMatchObject({ eligible: 15, indexed: 15, embedded: 4, unchanged: 11 });
    const { points } = await engine.call('status', {});
    expect(points).toBe(15);
    const query = join(folder, 'same.png');
    writeFileSync(query, drawPng(999));
    const [first] = (await engine.call('search', { image: query })).hits;
    expect(first?.path).toBe(join(photos, 'camera.png'));
  });

  it('recognises a file that only its time says is new', async () => {
    utimesSync(join(photos, 'china.jpg'), new Date(), new Date(2001, 1, 1));
    const report = await index(engine, photos);
    expect(report).toMatchObject({ embedded: 0, recognised: 1, unchanged: 11 });
    expect(await paths(engine, 'china')).toContain(join(photos, 'china.jpg'));
  });

  it('lets a deleted file go', async () => {
    rmSync(join(photos, 'camera.png'));
    const report = await index(engine, photos);
    expect(report).toMatchObject({ eligible: 11, indexed: 11, removed: 1, embedded: 0 });
    expect(await paths(engine, 'camera')).not.toContain(join(photos, 'camera.png'));
    expect((await engine.call('status', {})).points).toBe(11);
  });

  it('lets a file go whose name a folder has taken', async () => {
    rmSync(join(photos, 'camera.png'));
    await mkdir(join(photos, 'camera.png'));
    expect(await index(engine, photos)).toMatchObject({ eligible: 11, removed: 1 });
    expect(await paths(engine, 'camera')).not.toContain(join(photos, 'camera.png'));
  });

  it('knows a deleted file that comes back', async () => {
    rmSync(join(photos, 'camera.png'));
    await index(engine, photos);
    copyPhotos(photos, ['camera.png']);
    const report = await index(engine, photos);
    expect(report).toMatchObject({ indexed: 12, embedded: 0, recognised: 1 });
    expect((await paths(engine, 'camera'))[0]).toBe(join(photos, 'camera.png'));
    expect((await engine.call('status', {})).points).toBe(12);
  });

  it('follows a renamed file without looking into it', async () => {
    renameSync(join(photos, 'rocket.jpg'), join(photos, 'lighthouse.jpg'));
    const report = await index(engine, photos);
    expect(report).toMatchObject({ eligible: 12, indexed: 12, embedded: 0, recognised: 0 });
    expect((await paths(engine, 'lighthouse'))[0]).toBe(join(photos, 'lighthouse.jpg'));
    expect(await paths(engine, 'rocket')).not.toContain(join(photos, 'rocket.jpg'));
  });

  it('follows a moved folder without looking into it', async () => {
    await mkdir(join(photos, 'old'));
    for (const name of tinyPhotoNames) renameSync(join(photos, name), join(photos, 'old', name));
    await index(engine, photos);
    renameSync(join(photos, 'old'), join(photos, 'new'));
    const report = await index(engine, photos);
    expect(report).toMatchObject({ eligible: 12, indexed: 12, embedded: 0 });
    expect((await paths(engine, 'camera'))[0]).toBe(join(photos, 'new/camera.png'));
    expect(await paths(engine, 'old')).toHaveLength(12);
    expect((await paths(engine, 'old')).every((path) => path.includes('/new/'))).toBe(true);
  });

  it('recognises a copy, and finds both', async () => {
    await copyFile(join(photos, 'chelsea.png'), join(photos, 'cat.png'));
    const report = await index(engine, photos);
    expect(report).toMatchObject({ eligible: 13, embedded: 0, recognised: 1 });
    const { hits } = await engine.call('search', { image: join(photos, 'cat.png'), limit: 2 });
    expect(hits.map((hit) => hit.path).sort()).toEqual([
      join(photos, 'cat.png'),
      join(photos, 'chelsea.png'),
    ]);
    expect((await engine.call('status', {})).points).toBe(12);
  });

  it('tells copies from others of the same size where many share it', async () => {
    // What follows the end of a PNG is another content, and the same picture.
    const padded = (i: number) => Buffer.concat([drawPng(i), Buffer.alloc(9000)]).subarray(0, 9000);
    await mkdir(join(photos, 'same'));
    for (let i = 0; i < 40; i++) writeFileSync(join(photos, 'same', `${i}.png`), padded(i));
    expect(await index(engine)).toMatchObject({ embedded: 40, recognised: 0 });
    writeFileSync(join(photos, 'same/copy.png'), padded(7));
    writeFileSync(join(photos, 'same/new.png'), padded(41));
    expect(await index(engine)).toMatchObject({ embedded: 1, recognised: 1, eligible: 54 });
  });

  it('keeps a copy findable when the original goes', async () => {
    await copyFile(join(photos, 'chelsea.png'), join(photos, 'cat.png'));
    await index(engine, photos);
    rmSync(join(photos, 'chelsea.png'));
    await index(engine, photos);
    const { hits } = await engine.call('search', { image: join(photos, 'cat.png'), limit: 1 });
    expect(hits.map((hit) => hit.path)).toEqual([join(photos, 'cat.png')]);
  });

  it('embeds its photos for another model when that one is asked for, and keeps both', async () => {
    await closeEngine(engine);
    // The same model under another name has a space of its own.
    const modelFolder = renamedModel(tinyModel, join(folder, 'model'));
    engine = await openTestEngine({ dataFolder, modelFolder });
    expect(await index(engine)).toMatchObject({ indexed: 12, embedded: 12 });
    expect(await paths(engine, 'anything')).toHaveLength(12);
    await closeEngine(engine);
    engine = await openTestEngine({ dataFolder });
    expect(await index(engine)).toMatchObject({ indexed: 12, embedded: 0, unchanged: 12 });
    expect(await paths(engine, 'anything')).toHaveLength(12);
  });
});
