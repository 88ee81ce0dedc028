// A run as people follow it in a real Chromium: it is held and goes on by the page's buttons, and
// processes that are killed meanwhile cost nothing.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Status, statusSchema } from '../../../src/shared/contract.ts';
import { drawPhotos } from '../../support/photos.ts';
import { ocelliExpecting } from '../../support/runOcelli.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { closeServed, hasBrowser, openServed, seriousIn, without } from './support.ts';

const drawn = 500;

describe.skipIf(!hasBrowser)(`a run in a browser${without}`, () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  const photos = drawPhotos(join(folder, 'photos'), drawn);
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    ({ server, browser, page } = await openServed(dataFolder));
  }, 120_000);

  afterAll(() => closeServed({ server, browser }));

  /** As a second command tells it that asks the server. */
  async function status(): Promise<Status> {
    const { stdout } = await ocelliExpecting(0, ['--data', dataFolder, 'status', '--json']);
    return statusSchema.parse(JSON.parse(stdout));
  }

  it('is held by a button: nothing more is embedded, and the page says so', async () => {
    await page.getByRole('textbox').fill(photos);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Indexing' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('heading', { name: 'Paused' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    let held = -1;
    await waitUntil('what was in hand has come home', async () => {
      const before = held;
      held = (await status()).indexed;
      return held === before;
    });
    expect(held).toBeLessThan(drawn);
    await page.waitForTimeout(1000);
    expect((await status()).indexed).toBe(held);
  });

  it('goes on by a button, and ends whole though workers are killed', async () => {
    await page.getByRole('button', { name: 'Resume' }).click();
    let workers: readonly { readonly name: string; readonly pid: number }[] = [];
    await waitUntil('workers are there', async () => {
      workers = (await status()).running?.workers ?? [];
      return workers.length > 0 && workers.every(({ pid }) => pid > 0);
    });
    const firsts = workers.filter(({ name }) => name.endsWith(' 1'));
    expect(firsts.length, 'one of each kind').toBeGreaterThan(0);
    for (const { pid } of firsts) process.kill(pid, 'SIGKILL');
    await page.getByText('Look for changes').waitFor({ timeout: 60_000 });
    const { indexed, failed, skipped } = await status();
    expect({ indexed, failed, skipped }).toEqual({ indexed: drawn, failed: 0, skipped: 0 });
    expect(await page.getByRole('alert').count(), 'nothing alarming is said').toBe(0);
    await page.getByRole('button', { name: 'Library' }).click();
    await page.locator('[data-photo] img').first().waitFor();
  }, 90_000);
});
