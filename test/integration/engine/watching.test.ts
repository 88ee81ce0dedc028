// A library that is open follows its folders while they change.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createExclusions } from '../../../src/engine/watch/exclusions.ts';
import { watchFolders } from '../../../src/engine/watch/liveFolders.ts';
import type { EngineApi } from '../../../src/shared/contract.ts';
import { copyPhotos, drawPhotos, tinyPhotoNames } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEngine, index, openTestEngine, paths } from '../../support/testEngine.ts';
import { waitUntil } from '../../support/waitUntil.ts';

const folder = temporaryFolder();
let number = 0;
let engine: EngineApi;
let dataFolder: string;
let photos: string;
let notices: string[];

const open = () =>
  openTestEngine({ dataFolder, watch: true, onNotice: (message) => notices.push(message) });

beforeEach(async () => {
  number += 1;
  notices = [];
  dataFolder = join(folder, `data-${number}`);
  photos = join(folder, `photos-${number}`);
  copyPhotos(photos);
  engine = await open();
  await index(engine, photos);
});

async function untilItHas(count: number): Promise<void> {
  await waitUntil(`the library has ${count} photos`, async () => {
    const { indexed, pending, running } = await engine.call('status', {});
    return indexed === count && pending === 0 && !running;
  });
}

describe('a library that is open', () => {
  it('finds a photo that is put into its folder, and in a new folder below it', async () => {
    drawPhotos(photos, 1);
    await untilItHas(13);
    drawPhotos(join(photos, 'a/new/folder'), 2, 100);
    await untilItHas(15);
  });

  it('finds the photos of a folder that is moved into its own, which nobody tells of one by one', async () => {
    const elsewhere = join(folder, `elsewhere-${number}`);
    drawPhotos(join(elsewhere, 'trip.2019', 'deep'), 3, 200);
    renameSync(join(elsewhere, 'trip.2019'), join(photos, 'trip.2019'));
    await untilItHas(15);
    // And goes on looking there.
    drawPhotos(join(photos, 'trip.2019', 'deep'), 4, 300);
    await untilItHas(16);
  });

  it('lets go of photos that are deleted, one by one and by the folder', async () => {
    drawPhotos(join(photos, 'gone/deep'), 3, 400);
    await untilItHas(15);
    rmSync(join(photos, 'camera.png'));
    await untilItHas(14);
    renameSync(join(photos, 'gone'), join(folder, `taken-away-${number}`));
    await untilItHas(11);
    expect(await paths(engine, 'camera')).not.toContain(join(photos, 'camera.png'));
  });

  it('is told nothing of what is no photo, hidden, or left out by a pattern', async () => {
    const told: string[] = [];
    const excluded = createExclusions(['Screenshots/']);
    const live = watchFolders({
      roots: [photos],
      isExcluded: excluded,
      holdsPhotos: () => false,
      onChange: (folders) => void told.push(...folders),
      onError: (message) => void told.push(message),
    });
    await live.ready;
    writeFileSync(join(photos, 'notes.txt'), 'a');
    rmSync(join(photos, 'notes.txt'));
    mkdirSync(join(photos, '.hidden'));
    drawPhotos(join(photos, '.hidden/below'), 1, 500);
    drawPhotos(join(photos, 'Screenshots'), 1, 600);
    // What comes last is told last.
    drawPhotos(join(photos, 'seen'), 1, 700);
    await waitUntil('it is told of something', () => told.length > 0);
    expect(new Set(told)).toEqual(new Set([join(photos, 'seen')]));
    await live.close();
  });

  it('sees on opening what has changed meanwhile, and goes on watching', async () => {
    await closeEngine(engine);
    rmSync(join(photos, tinyPhotoNames[0] ?? ''));
    engine = await open();
    await untilItHas(11);
    drawPhotos(photos, 1, 800);
    await untilItHas(12);
    expect(notices).toEqual([]);
  });

  it('opens although a folder of it is away', async () => {
    await closeEngine(engine);
    renameSync(photos, `${photos}-away`);
    engine = await open();
    await waitUntil('it says so', () => notices.length > 0);
    expect(notices).toEqual([expect.stringContaining('is offline')]);
    expect((await engine.call('status', {})).indexed).toBe(12);
  });
});
