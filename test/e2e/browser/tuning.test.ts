// How this machine is used, on the settings page in a real Chromium: before it was measured, while it
// is, afterwards, and where it cannot be.
import type { ChildProcess } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPhotos, tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from '../electron/support/buildApp.ts';
import {
  closeServed,
  endServer,
  hasBrowser,
  launchBrowser,
  openPage,
  openServed,
  seriousIn,
  serve,
  without,
} from './support.ts';

/** Seconds, but on a machine that is busy with other things a good deal more. */
const patiently = { timeout: 90_000 };

describe.skipIf(!hasBrowser)(`how this machine is used, in a browser${without}`, () => {
  const folder = temporaryFolder();
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    ({ server, browser, page } = await openServed(join(folder, 'data')));
    await page.getByRole('button', { name: 'Settings' }).click();
  }, 120_000);

  afterAll(() => closeServed({ server, browser }));

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const measured = () => page.getByText(/small photos a second, measured just now\.$/);

  it('it is said that nothing was measured yet', async () => {
    await page.getByText('Fastest for Starter').waitFor();
    await page.getByText('Not measured yet').waitFor();
    expect(await page.getByText('All that was tried').count()).toBe(0);
    expect(await seriousIn(page)).toEqual([]);
  });

  it('a measurement is stopped by the key that began it, and leaves nothing', async () => {
    await button('Measure now').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Measuring: a few seconds').waitFor();
    await expect.poll(focused).toBe('Stop measuring');
    expect(await seriousIn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await button('Measure now').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByText('Not measured yet').waitFor();
  });

  it('what was measured is one sentence, though the page was left meanwhile', async () => {
    await button('Measure now').click();
    await button('Stop measuring').waitFor();
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    await button('Stop measuring').waitFor();
    await measured().waitFor(patiently);
    await expect
      .poll(() => measured().textContent())
      .toMatch(
        /^\d+ process(es)? of \d+ threads?, \d+ photos? at a time, on the \S.*; about [\d,.]+ small/,
      );
    await button('Measure again').waitFor();
  }, 120_000);

  it('all that was tried is folded beneath it, the chosen one marked, in both themes', async () => {
    await button('Measure again').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Photos/s is with decoding').waitFor();
    const table = page.getByRole('region', { name: 'Measured ways' }).getByRole('row');
    const chosen = table.filter({ hasText: '(chosen)' });
    await expect.poll(() => table.count()).toBeGreaterThan(2);
    await expect.poll(() => chosen.count()).toBe(1);
    const [, processes] = await chosen.getByRole('cell').allTextContents();
    await expect.poll(() => measured().textContent()).toMatch(new RegExp(`^${processes} process`));
    const elsewhere = process.platform === 'darwin' ? 'Windows' : 'macOS';
    await page.getByText(`Not used: It is there on ${elsewhere} only.`).waitFor();
    for (const theme of ['Dark', 'Light']) {
      await page.getByText(theme, { exact: true }).click();
      await waitUntil('it looks so', () =>
        page.evaluate(
          (wanted) => document.documentElement.dataset['theme'] === wanted,
          theme.toLowerCase(),
        ),
      );
      expect(await seriousIn(page)).toEqual([]);
    }
  });

  it('where eco takes less than was measured, that is said', async () => {
    await page.getByText('Eco', { exact: true }).click();
    const words = 'In use now, by what is set: 1 process of 1 thread, 8 photos at a time';
    await page.getByText(words).waitFor();
    await page.getByText('Full', { exact: true }).click();
    await page.getByText(words).waitFor({ state: 'hidden' });
  });

  it('during a run it cannot be measured, and the page says when it can', async () => {
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('textbox').fill(drawPhotos(join(folder, 'photos'), 300));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Indexing' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText('It can be measured when indexing has ended.').waitFor();
    await expect.poll(() => button('Measure again').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Indexing' }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('are still to be indexed').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect.poll(() => button('Measure again').isEnabled()).toBe(true);
  });
});

describe.skipIf(!hasBrowser)(`a machine that cannot be measured, in a browser${without}`, () => {
  it('the reason is said beside the button, and nothing else is lost', async () => {
    const folder = temporaryFolder();
    const model = join(folder, 'model');
    cpSync(tinyModel, model, { recursive: true });
    await buildApp();
    const server = await serve(join(folder, 'data'), '--model', model);
    const browser = await launchBrowser();
    try {
      const page = await openPage(browser, server);
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Not measured yet').waitFor();
      rmSync(join(model, 'vision.onnx'));
      await page.getByRole('button', { name: 'Measure now' }).click();
      const alert = page.getByRole('alert');
      await alert.getByText(/^It could not be measured: \S/).waitFor();
      expect(await seriousIn(page)).toEqual([]);
      await page.getByText('Not measured yet').waitFor();
      cpSync(join(tinyModel, 'vision.onnx'), join(model, 'vision.onnx'));
      await page.getByRole('button', { name: 'Measure now' }).click();
      await page.getByText('measured just now').waitFor(patiently);
      await expect.poll(() => alert.count()).toBe(0);
    } finally {
      await browser.close();
      await endServer(server);
    }
  }, 120_000);
});
