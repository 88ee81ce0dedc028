// A library of many photos, folders and failures in a real Chromium: only what shows is on the page,
// and what has the focus stays on it. Its photos are rows of the catalogue; the disk is not connected.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { closeServed, hasBrowser, openServed, seriousIn, without } from './support.ts';

const folders = 3000;
/** More than any screen shows. */
const fewOnPage = 150;

describe.skipIf(!hasBrowser)(`long lists in a browser${without}`, () => {
  const dataFolder = join(temporaryFolder(), 'data');
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    fill(dataFolder);
    ({ server, browser, page } = await openServed(dataFolder));
  }, 120_000);

  afterAll(() => closeServed({ server, browser }));

  it('the grid draws what shows, and the keys lead along months that share a row', async () => {
    const tiles = page.locator('[data-photo]');
    await tiles.first().waitFor();
    expect(await tiles.count()).toBeLessThan(fewOnPage);
    await page.locator('[data-photo][tabindex="0"]').focus();
    await page.keyboard.press('End');
    await waitUntil('the oldest photo has the focus', async () =>
      (await focused(page)).includes('old-3'),
    );
    const [last, before] = [await focusBox(page), await step(page, 'ArrowLeft', 'old-2')];
    expect(before?.y).toBe(last?.y);
    await step(page, 'ArrowRight', 'old-3');
    expect(await tiles.count()).toBeLessThan(fewOnPage);
    expect(await seriousIn(page)).toEqual([]);
  });

  it('a photo whose thumbnail was cleared is a plain tile, not a broken picture', async () => {
    const image = page.locator('[data-photo]:focus img');
    await image.waitFor({ state: 'hidden' });
    await expect.poll(() => image.count()).toBe(1);
  });

  it('a photo that has the focus keeps it when it is scrolled away', async () => {
    await page.locator('.photo-grid-scroller').evaluate((element) => element.scrollTo(0, 0));
    await waitUntil('the top shows', () => page.getByText('December 2021').first().isVisible());
    expect(await focused(page)).toContain('old-3');
  });

  it('the tree draws the folders in sight, and the keys reach all', async () => {
    await page.getByRole('button', { name: 'Folders', exact: true }).click();
    const items = page.getByRole('treeitem');
    await items.first().waitFor();
    expect(await items.count()).toBeLessThan(fewOnPage);
    await page.locator('[role="treeitem"][aria-selected="true"]').focus();
    await page.keyboard.press('End');
    const last = page.getByRole('treeitem', { name: 'old' });
    await waitUntil('the last has the focus', () => isFocused(last));
    await expect.poll(() => last.getAttribute('aria-setsize')).toBe(String(folders + 1));
    await page.keyboard.press('Home');
    await waitUntil('the first has the focus', () => isFocused(items.first()));
    expect(await seriousIn(page)).toEqual([]);
  });

  it('the table of failures draws those in sight, and keeps the focus', async () => {
    await page.getByRole('button', { name: 'Indexing' }).click();
    const rows = page.locator('.failure-table tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBeLessThan(fewOnPage);
    const button = page.locator('.failure-table button').first();
    const name = await button.getAttribute('aria-label');
    await button.focus();
    const table = page.locator('.failure-table');
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    await waitUntil('other rows show', async () => {
      const index = await rows.last().getAttribute('aria-rowindex');
      return index === null || Number(index) > 1000;
    });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      name,
    );
    expect(await rows.count()).toBeLessThan(fewOnPage);
    expect(await seriousIn(page)).toEqual([]);
  });
});

/** A failed photo in each of many folders, over two years; then three months of one photo each. */
function fill(dataFolder: string): void {
  const catalog = Catalog.open(dataFolder);
  const root = catalog.roots.add('/a disk that is not connected');
  const add = (path: string, name: string, taken: Date) => {
    const folder = catalog.roots.addFolder(root.id, path);
    const file = { name, bytes: 10, mtimeMs: taken.getTime(), inode: null };
    return catalog.photos.add(folder, file, name);
  };
  catalog.transaction(() => {
    for (let at = 0; at < folders; at++) {
      const id = add(`${root.path}/event ${at}`, `IMG_${at}.jpg`, new Date(2020, at % 24, 3));
      catalog.photos.setState(id, 'failed');
      const error = { code: 'IMAGE_DAMAGED', message: 'It is cut off.' } as const;
      catalog.failures.record(id, 'decode', error, 0);
    }
    for (const [index, month] of [8, 6, 2].entries()) {
      const id = add(`${root.path}/old`, `old-${index + 1}.jpg`, new Date(2009, month, 3));
      // Their thumbnails were cleared.
      const sha256 = `${index}`.repeat(64);
      const size = { bytes: 10, format: 'jpeg', width: 400, height: 300, orientation: 1 };
      catalog.photos.setIndexed(id, catalog.contents.add({ sha256, ...size }));
    }
  });
  catalog.close();
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}

function focusBox(page: Page) {
  return page.locator(':focus').boundingBox();
}

async function step(page: Page, key: string, name: string) {
  await page.keyboard.press(key);
  await waitUntil(`${name} has the focus`, async () => (await focused(page)).includes(name));
  return focusBox(page);
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement).catch(() => false);
}
