// The app in a real Chromium, served by the command line with the starter model: a first start, the
// samples, a search, a photo in full, a restart; and axe-core on every page.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import {
  closeServed,
  hasBrowser,
  linkOf,
  openServed,
  seriousIn,
  serve,
  without,
} from './support.ts';

describe.skipIf(!hasBrowser)(`the app in a browser${without}`, () => {
  const dataFolder = join(temporaryFolder(), 'data');
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    ({ server, browser, page } = await openServed(dataFolder));
  }, 120_000);

  afterAll(() => closeServed({ server, browser }));

  it('begins with one clear page, on which nothing serious is wrong', async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Try the sample photographs' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await takePicture(page, 'welcome');
  });

  it('says what is wrong with a folder that is not there', async () => {
    await page.getByRole('textbox').fill('/nowhere/at/all');
    await page.keyboard.press('Enter');
    await page.getByText('/nowhere/at/all cannot be indexed').waitFor();
  });

  it('fills with the samples, by date', async () => {
    await page.getByRole('button', { name: 'Try the sample photographs' }).click();
    await waitUntil('all samples are shown', async () => {
      return (await page.locator('[data-photo]').count()) === 8;
    });
    await waitUntil('their thumbnails have come', () =>
      page.evaluate(() => {
        const images = Array.from(document.querySelectorAll('[data-photo] img'));
        const come = images.filter((each) => each instanceof HTMLImageElement && each.complete);
        return come.length === 8;
      }),
    );
    expect(await seriousIn(page)).toEqual([]);
    await takePicture(page, 'library');
  });

  it('finds a photo by what it shows, from the keyboard alone', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('a cat');
    await page
      .getByRole('option', { name: /chelsea/ })
      .first()
      .waitFor();
    // While one types, what was typed so far is looked for.
    await waitUntil('the cat is the best', async () => {
      const best = await page.locator('.result-tile').first().textContent();
      return best?.includes('chelsea.jpg') === true;
    });
    expect(page.url()).toContain('q=a+cat');
    expect(await seriousIn(page)).toEqual([]);
    await takePicture(page, 'search');
  });

  it('shows it in full with its facts, and what is like it', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog');
    await viewer.getByText('chelsea.jpg').first().waitFor();
    await viewer.getByText('451 × 300').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await takePicture(page, 'viewer');
    await viewer.getByRole('button', { name: /similar/i }).click();
    await waitUntil('the search has moved on', () => page.url().includes('similar='));
  });

  it('shows the run that is over, and settings, in both themes', async () => {
    await page.getByRole('button', { name: 'Indexing' }).click();
    await page.getByText('Look for changes').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await takePicture(page, 'indexing');
    await page.getByRole('button', { name: 'Settings' }).click();
    await takePicture(page, 'settings');
    await page.getByText('Dark', { exact: true }).click();
    await waitUntil('it is dark', () =>
      page.evaluate(() => document.documentElement.dataset['theme'] === 'dark'),
    );
    expect(await seriousIn(page)).toEqual([]);
  });

  it('has a tree of folders', async () => {
    await page.getByRole('button', { name: 'Folders' }).click();
    await page.getByRole('treeitem', { name: /samples/ }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await takePicture(page, 'folders');
  });

  it('finds everything as it was after kill −9 and a restart', async () => {
    server.kill('SIGKILL');
    server = await serve(dataFolder);
    await page.goto(linkOf(server));
    await waitUntil('all samples are shown', async () => {
      return (await page.locator('[data-photo]').count()) === 8;
    });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset['theme']))
      .toBe('dark');
  });
});

/**
 * With OCELLI_IMAGES=1, pictures of the page in both themes for the documentation; an assertion of
 * nothing, so it is no test of its own.
 */
async function takePicture(page: Page, name: string): Promise<void> {
  if (!process.env['OCELLI_IMAGES']) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.mouse.move(0, 0);
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(repository, `docs/images/${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
