// What a person does on the first day, by the page's own buttons: a first start, a folder, a pause, a
// worker that dies, a search, a photo in full, what is like it; and all of it again after a restart.
/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { Progress } from '../../../src/shared/contract.ts';
import { copyPhotos, drawPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, type OpenWindow, openWindow, type PageScope } from './support/window.ts';

const drawn = 500;
const all = drawn + 12;

describeWindow('the first day', () => {
  beforeAll(buildApp, 120_000);

  it('goes from an empty window to photos that are found, and stays so', async () => {
    const folder = temporaryFolder();
    const photos = drawPhotos(join(folder, 'photos'), drawn);
    copyPhotos(photos);
    const window = await openWindow(join(folder, 'data'));
    const { app, page } = window;
    page.setDefaultTimeout(20_000);
    // The system's dialog is not the app's: what a person would choose in it is handed over.
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, photos);
    await page.getByRole('button', { name: 'Choose folders' }).click();

    await goTo(page, 'Indexing');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    const held = await settled(window);
    expect(held).toBeLessThan(all);
    await page.waitForTimeout(1000);
    expect(await indexed(window), 'nothing is embedded while it is paused').toBe(held);

    await page.getByRole('button', { name: 'Resume' }).click();
    const workers = await workersOf(page);
    const firsts = workers.filter(({ name }) => name.endsWith(' 1'));
    expect(firsts.length, 'one of each kind').toBeGreaterThan(0);
    for (const { pid } of firsts) process.kill(pid, 'SIGKILL');
    await waitUntil('all are indexed', async () => (await indexed(window)) === all, 60_000);
    await page.getByText('Look for changes').waitFor();
    expect(await call(window, 'failures', {})).toEqual([]);
    expect(await page.getByRole('alert').count(), 'nothing alarming is said').toBe(0);

    await goTo(page, 'Library');
    await waitUntil('thumbnails are shown', () => anyThumbnail(page));
    const found = await search(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog');
    await waitUntil('the photo itself is shown', () =>
      viewer
        .locator('img')
        .evaluateAll((images) =>
          images.some((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
        ),
    );
    await viewer.getByRole('button', { name: 'Find similar' }).click();
    await waitUntil('what is like it is shown', () => page.url().includes('similar='));
    await window.close();

    const again = await openWindow(join(folder, 'data'));
    again.page.setDefaultTimeout(20_000);
    expect(await indexed(again)).toBe(all);
    await waitUntil('thumbnails are shown', () => anyThumbnail(again.page));
    expect(await search(again.page)).toEqual(found);
  }, 240_000);
});

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click();
}

async function indexed(window: OpenWindow): Promise<number> {
  return (await call(window, 'status', {})).indexed;
}

/** What was in the hands of workers at the pause comes home; then the number of photos stays. */
async function settled(window: OpenWindow): Promise<number> {
  let before = -1;
  let now = await indexed(window);
  while (now !== before) {
    await window.page.waitForTimeout(500);
    before = now;
    now = await indexed(window);
  }
  return now;
}

/** As the page is told them next, once all have a process. */
function workersOf(page: Page): Promise<Progress['workers']> {
  return page.evaluate(() => {
    const { ocelli } = globalThis as unknown as PageScope;
    return new Promise((resolve) => {
      const stop = ocelli.on('progress', (told) => {
        const { workers } = told as Progress;
        if (workers.length === 0 || workers.some(({ pid }) => pid === 0)) return;
        stop();
        resolve(workers);
      });
    });
  });
}

function anyThumbnail(page: Page): Promise<boolean> {
  return page
    .locator('[data-photo] img')
    .evaluateAll((images) =>
      images.some((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
    );
}

/** From the keyboard; the names of the first photos that are shown. */
async function search(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('a cat');
  await page.waitForURL((url) => /q=a(\+|%20)cat/.test(url.hash));
  const names = page.getByRole('listbox', { name: 'Photos found' }).locator('.result-tile-name');
  await names.nth(3).waitFor();
  // Words that are still being typed have results as well.
  await page.waitForTimeout(1000);
  return (await names.allInnerTexts()).slice(0, 4);
}
