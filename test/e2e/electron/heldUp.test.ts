// Nothing holds the main process up for more than 50 ms, from the moment that Electron is ready:
// measured at the start and by every read, in a library of tens of thousands of photos. What is
// measured is what its thread computed in one piece (src/main/diagnostics.ts).
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, type OpenWindow, openWindow } from './support/window.ts';

const mostMs = 50;
const photos = 60_000;
/** What other programs do to a processor's caches can double what a step takes. */
const again = { retry: 2, timeout: 240_000 };
/** A third of them in one month, as where many files were copied at once. */
const largeMonth = '2024-07';

describeWindow('the main process', () => {
  beforeAll(buildApp, 120_000);

  it('is held up by no step of a first start', again, async () => {
    const window = await openWindow(temporaryFolder());
    await call(window, 'status', {});
    await expectFree(window, 'start');
  });

  it('is held up neither by the start nor by a call in a large library', again, async () => {
    const dataFolder = temporaryFolder();
    writeLibrary(dataFolder);
    const window = await openWindow(dataFolder);
    expect(await call(window, 'status', {})).toMatchObject({ eligible: photos });
    await expectFree(window, 'start');

    expect(await call(window, 'timeline', {})).toMatchObject({ photos });
    await expectFree(window, 'timeline');
    const some = await call(window, 'photosOf', { month: largeMonth });
    expect(some.length).toBeGreaterThan(1000);
    await expectFree(window, 'photosOf');
    expect(await call(window, 'folders', {})).toHaveLength(photos / 250);
    await expectFree(window, 'folders');
    expect((await call(window, 'facets', {})).cameras).toHaveLength(7);
    await expectFree(window, 'facets');
    const named = await call(window, 'search', { words: 'img', limit: 100 });
    expect(named.hits).toHaveLength(100);
    await expectFree(window, 'search');
    await call(window, 'search', { words: 'img', filter: { camera: 'Camera 3' } });
    await expectFree(window, 'search in some');
    const excluded = await call(window, 'countExcluded', { pattern: '*.jpg' });
    expect(excluded.photos).toBe(photos);
    await expectFree(window, 'countExcluded');
  });
});

/** What held it up longest since this was asked last. */
async function expectFree({ app }: OpenWindow, what: string): Promise<void> {
  const delays = await app.evaluate(() => {
    const { ocelliDiagnostics: diagnostics } = globalThis;
    const delays = diagnostics?.delays();
    diagnostics?.reset();
    return delays;
  });
  expect(delays?.looks, what).toBeGreaterThan(0);
  expect(delays?.own, what).toBeLessThan(mostMs);
}

/** As a run would have left it, except that nothing is embedded; its disk is away. */
function writeLibrary(dataFolder: string): void {
  const catalog = Catalog.open(dataFolder);
  const root = catalog.roots.add(join(dataFolder, 'a disk that is away'));
  for (let first = 0; first < photos; first += 250) {
    catalog.transaction(() => {
      const folder = join(root.path, String(first));
      const folderId = catalog.roots.addFolder(root.id, folder);
      for (let i = first; i < first + 250; i++) {
        const file = { name: `IMG_${i}.jpg`, bytes: 1000 + i, mtimeMs: 1.6e12 + i, inode: i };
        const photo = catalog.photos.add(folderId, file, folder);
        const month = i % 3 === 0 ? largeMonth : `20${10 + (i % 14)}-0${1 + (i % 9)}`;
        const content = catalog.contents.add({
          sha256: i.toString(16).padStart(64, '0'),
          bytes: file.bytes,
          format: 'jpeg',
          width: 400,
          height: 300,
          orientation: 1,
          takenAt: `${month}-03T12:00:00`,
          cameraModel: `Camera ${i % 7}`,
        });
        catalog.photos.setIndexed(photo, content);
      }
    });
  }
  catalog.close();
}
