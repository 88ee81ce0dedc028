// The way of a photo inside Electron: indexed by real worker processes, found, shown, still there
// after a restart. Decoders and embedders are those of the app; the model is the tiny one.
/// <reference lib="dom" />
import { copyFileSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import type { Progress } from '../../../src/shared/contract.ts';
import { copyPhotos, drawPhotos, repository } from '../../support/photos.ts';
import { rawFiles } from '../../support/rawFiles.ts';
import { ocelliExpecting } from '../../support/runOcelli.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { isAlive, waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import {
  call,
  fetchIn,
  type OpenWindow,
  openWindow,
  type PageScope,
  refusal,
} from './support/window.ts';

const slow = 180_000;
/** What other programs do to a processor's caches can double what a step takes. */
const again = { retry: 2, timeout: slow };

describeWindow('photos in the window', () => {
  beforeAll(buildApp, 120_000);

  it(
    'are indexed, found and shown, and are still there after a restart',
    async () => {
      const [dataFolder, photos] = [
        temporaryFolder(),
        copyPhotos(join(temporaryFolder(), 'photos')),
      ];
      const first = await openWindow(dataFolder);
      const report = await call(first, 'index', { folders: [photos] });
      expect(report).toMatchObject({ outcome: 'complete', indexed: 12, failed: 0 });
      const found = await call(first, 'search', { words: 'a cat', limit: 3 });
      expect(found.hits).toHaveLength(3);
      for (const { tile } of found.hits) {
        expect(await naturalSize(first, `thumbnail/${tile.sha256}`)).toBeGreaterThan(100);
        expect(await naturalSize(first, `original/${tile.id}`)).toBeGreaterThan(100);
      }
      await first.close();
      expect(first.stderr()).not.toMatch(/GLib|CRITICAL/);

      const second = await openWindow(dataFolder);
      expect(await call(second, 'status', {})).toMatchObject({ indexed: 12, points: 12 });
      const again = await call(second, 'search', { words: 'a cat', limit: 3 });
      expect(again.hits.map((hit) => hit.path)).toEqual(found.hits.map((hit) => hit.path));
    },
    slow,
  );

  it(
    'are shown by the picture in them where they are RAW',
    async () => {
      const folder = temporaryFolder();
      const photos = copyPhotos(join(folder, 'photos'), ['china.jpg']);
      const picture = sharp(join(photos, 'china.jpg')).resize({ width: 900, height: 600 });
      const jpeg = await picture.jpeg().toBuffer();
      const raw = rawFiles['arw']?.({ jpeg, width: 6000, height: 4000, orientation: 8 });
      writeFileSync(join(photos, 'temple.arw'), raw ?? '');
      const window = await openWindow(join(folder, 'data'));
      const report = await call(window, 'index', { folders: [photos] });
      expect(report).toMatchObject({ outcome: 'complete', indexed: 2, skipped: 0 });
      // Both show the same, so either may come first.
      const { hits } = await call(window, 'search', { words: 'a temple', limit: 2 });
      const hit = hits.find(({ tile }) => tile.name === 'temple.arw');
      expect(hit?.tile).toMatchObject({ name: 'temple.arw', width: 4000, height: 6000 });
      // The longer side is upright: Chromium turned it.
      expect(await naturalSize(window, `original/${hit?.photo}`)).toBe(600);
      expect(await naturalSize(window, `thumbnail/${hit?.tile.sha256}`)).toBe(341);
    },
    slow,
  );

  it(
    'are shown as they are where they are HEIC, which Chromium cannot decode',
    async () => {
      const folder = temporaryFolder();
      const photos = copyPhotos(join(folder, 'photos'), ['china.jpg']);
      copyFileSync(join(repository, 'test/fixtures/heic/turned.heic'), join(photos, 'made.heic'));
      const window = await openWindow(join(folder, 'data'));
      const report = await call(window, 'index', { folders: [photos] });
      expect(report).toMatchObject({ outcome: 'complete', indexed: 2, failed: 0, skipped: 0 });
      const { hits } = await call(window, 'search', { words: 'made', limit: 2 });
      const tile = hits.find((hit) => hit.tile.name === 'made.heic')?.tile;
      expect(tile).toMatchObject({ width: 300, height: 400 });
      expect(await naturalSize(window, `original/${tile?.id}`)).toBe(300);
      expect(await naturalSize(window, `thumbnail/${tile?.sha256}`)).toBe(300);
    },
    slow,
  );

  it(
    'are named by id and content: paths and strangers get nothing',
    async () => {
      const folder = temporaryFolder();
      const photos = copyPhotos(join(folder, 'photos'));
      const window = await openWindow(join(folder, 'data'));
      await call(window, 'index', { folders: [photos] });
      const [hit] = (await call(window, 'search', { words: 'a cat', limit: 1 })).hits;
      if (!hit) throw new Error('nothing was found');
      const { sha256, id } = hit.tile;
      expect(await fetchIn(window, `ocelli-photo://thumbnail/${sha256}`)).toMatchObject({
        status: 200,
        headers: {
          'content-type': 'image/jpeg',
          'cache-control': expect.stringMatching(/immutable/),
        },
      });
      for (const path of [
        `thumbnail/${'0'.repeat(64)}`,
        `thumbnail/${sha256?.toUpperCase()}`,
        `thumbnail/../${sha256?.slice(0, 2)}/${sha256}`,
        `thumbnail/..%2f..%2fcatalog.sqlite`,
        'thumbnail/../catalog.sqlite',
        `original/${id + 4711}`,
        `original/0${id}`,
        `original/${id}/`,
        `original/${id}/../../etc/passwd`,
        `original/%2e%2e%2f%2e%2e%2fetc%2fpasswd`,
        `original/${encodeURIComponent(hit.path)}`,
        `elsewhere/${id}`,
      ]) {
        expect((await fetchIn(window, `ocelli-photo://${path}`)).status, path).toBe(404);
      }
    },
    slow,
  );

  it(
    'are served in parts where a viewer asks for parts',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      await call(window, 'index', { folders: [copyPhotos(join(folder, 'photos'))] });
      const [hit] = (await call(window, 'search', { words: 'a cat', limit: 1 })).hits;
      if (!hit) throw new Error('nothing was found');
      const url = `ocelli-photo://original/${hit.photo}`;
      const size = statSync(hit.path).size;
      expect(await fetchIn(window, url)).toMatchObject({ status: 200, bytes: size });
      expect(await fetchIn(window, url, { Range: 'bytes=100-199' })).toMatchObject({
        status: 206,
        bytes: 100,
        headers: { 'content-range': `bytes 100-199/${size}` },
      });
      expect((await fetchIn(window, url, { Range: `bytes=${size}-` })).status).toBe(416);
    },
    slow,
  );

  it(
    'can be copied as pictures',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      await call(window, 'index', { folders: [copyPhotos(join(folder, 'photos'))] });
      const [hit] = (await call(window, 'search', { words: 'a cat', limit: 1 })).hits;
      expect(await refusal(window, 'host', 'copy', { photo: hit?.photo })).toBe('no refusal');
      const width = await window.app.evaluate(({ clipboard }) => {
        // As it is called in Electron 33, which the tests run; Electron 45 has another.
        const { readImage } = clipboard as unknown as { readImage(): Electron.NativeImage };
        return readImage().getSize().width;
      });
      expect(width).toBe(await naturalSize(window, `original/${hit?.photo}`));
    },
    slow,
  );

  it(
    'outlive an app that is killed: its workers end, and the next start goes on',
    async () => {
      const folder = temporaryFolder();
      const photos = drawPhotos(join(folder, 'photos'), 600);
      const first = await openWindow(join(folder, 'data'));
      const progress = await watchProgress(first);
      const running = call(first, 'index', { folders: [photos] }).catch(() => 'killed');
      const workers = await runningWorkers(progress);
      first.app.process().kill('SIGKILL');
      expect(await running).toBe('killed');
      await waitUntil('its workers have ended', async () => {
        const alive = await Promise.all(workers.map(({ pid }) => isAlive(pid)));
        return !alive.includes(true);
      });
      const second = await openWindow(join(folder, 'data'));
      // The app itself looks at once what has changed; a run that is asked for may come too early.
      await waitUntil('all photos are indexed', async () => {
        const { indexed, failed, pending } = await call(second, 'status', {});
        return indexed === 600 && failed + pending === 0;
      });
    },
    slow,
  );

  it(
    'can be searched from a terminal while the window is open',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      await call(window, 'index', { folders: [copyPhotos(join(folder, 'photos'))] });
      const { stdout } = await ocelliExpecting(0, [
        ...['--data', join(folder, 'data')],
        ...['search', '--json', '--limit', '3', 'a', 'cat'],
      ]);
      expect(JSON.parse(stdout).hits).toHaveLength(3);
    },
    slow,
  );

  it(
    'go on being indexed when workers are killed, while the window stays responsive',
    again,
    async () => {
      const folder = temporaryFolder();
      const photos = drawPhotos(join(folder, 'photos'), 600);
      const window = await openWindow(join(folder, 'data'));
      await call(window, 'status', {});
      await window.app.evaluate(() => globalThis.ocelliDiagnostics?.reset());
      const progress = await watchProgress(window);
      const running = call(window, 'index', { folders: [photos] });
      const workers = await runningWorkers(progress);
      if (process.platform === 'linux') expectRuntimes(workers);
      const firsts = workers.filter(({ name }) => name.endsWith(' 1'));
      expect(firsts.length, 'one of each kind').toBeGreaterThan(0);
      for (const { pid } of firsts) process.kill(pid, 'SIGKILL');
      await waitUntil('other processes have taken their place', async () => {
        const now = (await progress()).at(-1)?.workers ?? [];
        const pids = now.map(({ pid }) => pid);
        return (
          pids.length > 0 && !workers.some(({ name, pid }) => /1$/.test(name) && pids.includes(pid))
        );
      });
      expect(await running).toMatchObject({ outcome: 'complete', indexed: 600, failed: 0 });
      const delays = await window.app.evaluate(() => globalThis.ocelliDiagnostics?.delays());
      console.log(
        `main process, event loop held up while indexing (ms): ${JSON.stringify(delays)}`,
      );
      expect(delays?.own).toBeLessThan(50);
      expect(window.stderr()).not.toMatch(/GLib|CRITICAL/);
    },
  );
});

/** Pixels of the width, as an <img> in the page has it; 0 where it does not load. */
function naturalSize({ page }: OpenWindow, path: string): Promise<number> {
  return page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {});
    return image.naturalWidth;
  }, `ocelli-photo://${path}`);
}

/** All that the page is told from now on. */
async function watchProgress({ page }: OpenWindow): Promise<() => Promise<Progress[]>> {
  await page.evaluate(() => {
    const seen: unknown[] = [];
    Reflect.set(globalThis, 'seenProgress', seen);
    const { ocelli } = globalThis as unknown as PageScope;
    ocelli.on('progress', (progress) => seen.push(progress));
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'seenProgress') as Progress[]);
}

type Workers = Progress['workers'];

async function runningWorkers(progress: () => Promise<Progress[]>): Promise<Workers> {
  let workers: Workers = [];
  await waitUntil('workers are there', async () => {
    const last = (await progress()).at(-1);
    workers = last?.workers ?? [];
    return (last?.indexed ?? 0) > 0 && workers.every(({ pid }) => pid > 0);
  });
  return workers;
}

/** See [Note: sharp beside GTK]: what decodes runs on plain Node, the rest in Electron's own processes. */
function expectRuntimes(workers: Workers): void {
  const carried = join(repository, 'node_modules/node/bin/node');
  for (const { name, pid } of workers) {
    const program = readlinkSync(`/proc/${pid}/exe`);
    if (name.startsWith('embedder')) expect(program, name).toMatch(/\/electron$/);
    else expect(program, name).toBe(carried);
    // Below normal priority: the nice value is the 17th number after the name.
    const [, numbers = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    expect(Number(numbers.split(' ')[16]), name).toBeGreaterThan(0);
  }
}
