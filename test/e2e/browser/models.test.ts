// Another model, from the page that says what the starter does not know to a search with the new one.
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { int8Model, sameWeights } from '../../support/int8Model.ts';
import { tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { closeServed, hasBrowser, openServed, seriousIn, without } from './support.ts';

describe.skipIf(!hasBrowser)(`choosing a model in a browser${without}`, () => {
  const dataFolder = join(temporaryFolder(), 'data');
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    ({ server, browser, page } = await openServed(dataFolder));
  }, 120_000);

  afterAll(() => closeServed({ server, browser }));

  const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: name });

  it('the welcome page says what the starter does not know, and leads to the models', async () => {
    await page.getByText('not people, colours or weather').waitFor();
    await page.getByRole('button', { name: 'add a CLIP model' }).click();
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Models');
    await page.getByText('How to get a CLIP model').click();
    await page.getByText('models/README.md').waitFor();
    expect(await seriousIn(page)).toEqual([]);
  });

  it('a folder that holds no model is refused beside the field, by name', async () => {
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('button', { name: 'Try the sample photographs' }).click();
    await waitUntil('all samples are shown', async () => {
      return (await page.locator('[data-photo]').count()) === 8;
    });
    await page.getByRole('button', { name: 'Settings' }).click();
    await rowOf('in use').getByText('8 of 8 photos understood').waitFor();
    await rowOf('in use').getByText('int8 only: there is no float32').waitFor();
    await page.getByRole('button', { name: 'Add a model from a folder' }).click();
    await page.getByRole('textbox', { name: 'whole path' }).fill(dataFolder);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'model.json cannot be read' }).waitFor();
  });

  it('one that is whole is added, and used when that is confirmed', async () => {
    await page.getByRole('textbox', { name: 'whole path' }).fill(tinyModel);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('was added. Use it now?').waitFor();
    await dialog.getByText('Every photo is looked at again with it: 8 of 8').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await rowOf('Tiny CLIP').getByText('in use').waitFor();
    await rowOf('Tiny CLIP').getByText('8 of 8 photos understood').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('anything');
    await waitUntil('all are found', async () => (await page.locator('.result-tile').count()) > 0);
    expect(await page.getByText('not yet understood').count()).toBe(0);
  });

  it('going back takes no time, and what is removed is gone', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /^Use Starter/ }).click();
    await page.getByText('It has looked at all your photos already').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Use it' }).click();
    await rowOf('Starter').getByText('in use').waitFor();
    await page.getByRole('button', { name: 'Remove Tiny CLIP' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await waitUntil('it is gone', async () => (await rowOf('Tiny CLIP').count()) === 0);
  });

  it('int8 is offered where there is float32 too, and compared before it is used', async () => {
    await page.getByRole('button', { name: 'Add a model from a folder' }).click();
    const both = int8Model(join(temporaryFolder(), 'both'), sameWeights(), 'both');
    await page.getByRole('textbox', { name: 'whole path' }).fill(both);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Use it' }).click();
    const row = rowOf('in use');
    await row.getByText('float32 (int8 is there too)').waitFor();
    await row.getByText('int8 is compared with float32 when it is first asked for').waitFor();
    await row.getByRole('button', { name: 'Use int8' }).click();
    await dialog.getByText('They are compared with float32 first').waitFor();
    await dialog.getByText('Every photo is looked at again with it: 8 of 8').waitFor();
    await dialog.getByText('What float32 knows is kept').waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await page.getByRole('status').getByText('int8 is compared with float32').waitFor();
    await row.getByText('int8 (float32 is there too)').waitFor();
    await row.getByText('int8 may be used: recall@10 1.000').waitFor();
    await row.getByText('8 of 8 photos understood').waitFor();
    await row.getByRole('button', { name: 'Use float32' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
  });
});
