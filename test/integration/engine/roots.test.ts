// Roots: disks that come and go, folders inside folders, and what forgetting leaves.
import { cpSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/shared/contract.ts';
import { copyPhotos, drawPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { index, openTestEngine, paths, refusal, watchProgress } from '../../support/testEngine.ts';

const folder = temporaryFolder();
let number = 0;
let home: string;
let dataFolder: string;
let engine: EngineApi;
let notices: string[];

beforeEach(async () => {
  home = join(folder, String(++number));
  dataFolder = join(home, 'data');
  notices = [];
  engine = await openTestEngine({ dataFolder, onNotice: (message) => notices.push(message) });
});

async function stateOf(path: string): Promise<string | undefined> {
  const { roots } = await engine.call('status', {});
  return roots.find((root) => root.path === path)?.state;
}

describe('a root that cannot be reached', () => {
  const ways = {
    'is not there': {
      unplug: (root: string) => renameSync(root, `${root}.away`),
      plug: (root: string) => renameSync(`${root}.away`, root),
    },
    'is an empty mount point': {
      unplug: (root: string) => {
        renameSync(root, `${root}.away`);
        mkdirSync(root);
      },
      plug: (root: string) => {
        rmSync(root, { recursive: true });
        renameSync(`${root}.away`, root);
      },
    },
    'has a file in its place': {
      unplug: (root: string) => {
        renameSync(root, `${root}.away`);
        cpSync(join(`${root}.away`, 'camera.png'), root);
      },
      plug: (root: string) => {
        rmSync(root);
        renameSync(`${root}.away`, root);
      },
    },
  };
  for (const [how, { unplug, plug }] of Object.entries(ways)) {
    it(`keeps its photos where it ${how}, marked, and needs no work when it is back`, async () => {
      const root = copyPhotos(join(home, 'disk'));
      await index(engine, root);
      unplug(root);
      const away = await index(engine, root);
      expect(away).toMatchObject({ outcome: 'complete', indexed: 12, removed: 0, failed: 0 });
      expect(notices.join()).toContain(`${root} is offline`);
      expect(await stateOf(root)).toBe('offline');
      const { hits } = await engine.call('search', { words: 'camera', limit: 12 });
      expect(hits).toHaveLength(12);
      expect(hits.every((hit) => !hit.online)).toBe(true);

      plug(root);
      const seen = watchProgress(engine);
      const back = await index(engine);
      expect(back).toMatchObject({ indexed: 12, unchanged: 12, embedded: 0, removed: 0 });
      expect(seen.flatMap((progress) => progress.workers)).toEqual([]);
      expect(await stateOf(root)).toBe('online');
      const again = await engine.call('search', { words: 'camera', limit: 1 });
      expect(again.hits[0]?.online).toBe(true);
    });
  }

  it('does not lose its photos to the same files on a disk that is there', async () => {
    const disk = copyPhotos(join(home, 'disk'));
    const backup = join(home, 'backup');
    mkdirSync(backup);
    // Same inode number, size and time, as on a cloned disk.
    linkSync(join(disk, 'camera.png'), join(backup, 'camera.png'));
    await index(engine, disk);
    renameSync(disk, `${disk}.away`);
    const report = await index(engine, backup);
    expect(report).toMatchObject({ eligible: 1, indexed: 1, embedded: 0 });
    expect((await engine.call('status', {})).eligible).toBe(13);
    expect(await paths(engine, 'camera')).toContain(join(disk, 'camera.png'));
  });

  it('does not keep the others from being indexed', async () => {
    const away = copyPhotos(join(home, 'away'));
    await index(engine, away);
    renameSync(away, `${away}.away`);
    const there = drawPhotos(join(home, 'there'), 3);
    await index(engine, there);
    drawPhotos(there, 5);
    expect(await index(engine)).toMatchObject({ eligible: 17, indexed: 17, embedded: 2 });
  });
});

describe('a new root', () => {
  it('that is not there is refused with its path, and not remembered', async () => {
    const path = join(home, 'no such folder');
    const error = await refusal(engine.call('index', { folders: [path] }));
    expect(error.code).toBe('ROOT_MISSING');
    expect(error.message).toContain(path);
    expect((await engine.call('status', {})).roots).toEqual([]);
    expect(await index(engine)).toMatchObject({ outcome: 'complete', eligible: 0 });
  });

  it('that is a file is refused', async () => {
    const root = copyPhotos(join(home, 'photos'));
    const error = await refusal(engine.call('index', { folders: [join(root, 'camera.png')] }));
    expect(error).toMatchObject({ code: 'ROOT_MISSING' });
    expect(error.message).toContain('not a folder');
  });

  it('takes over the roots below it, and no photo counts twice', async () => {
    const parent = copyPhotos(join(home, 'parent'), ['camera.png']);
    const child = copyPhotos(join(parent, 'child'), ['china.jpg', 'coffee.png']);
    await index(engine, child);
    expect(await index(engine, parent)).toMatchObject({ eligible: 3, embedded: 1, unchanged: 2 });
    const status = await engine.call('status', {});
    expect(status.eligible).toBe(3);
    expect(status.roots.map((root) => root.path)).toEqual([parent]);
  });

  it('below a known one is that one, and no photo counts twice', async () => {
    const parent = copyPhotos(join(home, 'parent'), ['camera.png']);
    const child = copyPhotos(join(parent, 'child'), ['china.jpg']);
    await index(engine, parent);
    expect(await index(engine, child)).toMatchObject({ eligible: 2, embedded: 0 });
    expect((await engine.call('status', {})).roots.map((root) => root.path)).toEqual([parent]);
  });

  it('named together with what lies below it, in any order, is one', async () => {
    const parent = copyPhotos(join(home, 'parent'), ['camera.png']);
    const child = copyPhotos(join(parent, 'child'), ['china.jpg']);
    expect(await index(engine, child, parent, child)).toMatchObject({ eligible: 2, embedded: 2 });
    expect((await engine.call('status', {})).roots).toHaveLength(1);
  });

  it('whose name merely begins like another is one of its own', async () => {
    const one = copyPhotos(join(home, 'photos'), ['camera.png']);
    const two = copyPhotos(join(home, 'photos 2'), ['china.jpg']);
    await index(engine, one, two);
    expect((await engine.call('status', {})).roots.map((root) => root.path)).toEqual([one, two]);
  });

  it('does not take the data folder inside it for photos, not even through a link', async () => {
    copyPhotos(join(home, 'photos'));
    expect(await index(engine, home)).toMatchObject({ eligible: 12 });
    // By now the data folder has twelve thumbnails.
    expect(await index(engine, home)).toMatchObject({ eligible: 12, embedded: 0 });
    const link = join(folder, `link-${number}`);
    symlinkSync(home, link);
    expect((await engine.call('index', { folders: [link] })).eligible).toBe(12);
  });
});

describe('forgetting a root', () => {
  it('removes its photos, points and thumbnails; copies in another root stay', async () => {
    const one = copyPhotos(join(home, 'one'), ['camera.png', 'china.jpg', 'coffee.png']);
    const two = copyPhotos(join(home, 'two'), ['camera.png', 'rocket.jpg']);
    await index(engine, one, two);
    expect(await thumbnails()).toHaveLength(4);
    expect(await engine.call('forget', { folder: one })).toEqual({ photos: 3 });
    const status = await engine.call('status', {});
    expect(status).toMatchObject({ eligible: 2, indexed: 2, points: 2 });
    expect(status.roots.map((root) => root.path)).toEqual([two]);
    expect(await thumbnails()).toHaveLength(2);
    expect((await paths(engine, 'camera')).sort()).toEqual([
      join(two, 'camera.png'),
      join(two, 'rocket.jpg'),
    ]);
    expect(existsSync(join(one, 'camera.png'))).toBe(true);
  });

  it('and indexing it again embeds what was forgotten, and no more', async () => {
    const one = copyPhotos(join(home, 'one'), ['camera.png', 'china.jpg']);
    const two = copyPhotos(join(home, 'two'), ['camera.png']);
    await index(engine, one, two);
    await engine.call('forget', { folder: one });
    expect(await index(engine, one)).toMatchObject({ embedded: 1, recognised: 1 });
  });

  it('that is not known names it', async () => {
    const error = await refusal(engine.call('forget', { folder: join(home, 'never') }));
    expect(error.code).toBe('ROOT_UNKNOWN');
    expect(error.message).toContain(join(home, 'never'));
  });

  it('works while its disk is away', async () => {
    const root = copyPhotos(join(home, 'disk'), ['camera.png']);
    await index(engine, root);
    renameSync(root, `${root}.away`);
    expect(await engine.call('forget', { folder: root })).toEqual({ photos: 1 });
    expect(await paths(engine, 'camera')).toEqual([]);
  });

  async function thumbnails(): Promise<string[]> {
    const entries = await readdir(join(dataFolder, 'thumbnails'), {
      recursive: true,
      withFileTypes: true,
    });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  }
});
