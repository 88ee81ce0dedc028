// Searching in a real Chromium: the keys' way to the field, selecting what was found, filters alone,
// a picture as the query, links, and results that stay where they are as photos come.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyPhotos, drawPhotos, repository, tinyPhotos } from '../../support/photos.ts';
import { ocelliExpecting } from '../../support/runOcelli.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { closeServed, hasBrowser, linkOf, openServed, seriousIn, without } from './support.ts';

describe.skipIf(!hasBrowser)(`searching in a browser${without}`, () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  const photos = join(folder, 'photos');
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    copyPhotos(join(photos, 'a'));
    drawPhotos(join(photos, 'b'), 30);
    // With the server's model, so that no result changes its place because it is only now understood.
    const model = join(repository, 'models/starter');
    const data = ['--data', dataFolder, '--model', model];
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos]);
    ({ server, browser, page } = await openServed(dataFolder));
    await page.locator('[data-photo]').first().waitFor();
  }, 120_000);

  afterAll(() => closeServed({ server, browser }));

  beforeEach(() => open(''));

  /** As when somebody follows a link: what was selected, focused or dropped before is gone. */
  async function open(parameters: string): Promise<void> {
    await page.goto('about:blank');
    await page.goto(`${new URL(linkOf(server)).origin}/#/search${parameters}`);
    await page.locator('#search-field').waitFor();
  }

  async function search(words: string): Promise<void> {
    await page.locator('#search-field').fill(words);
    await page
      .getByRole('option', { name: new RegExp(`“${words}”`) })
      .first()
      .waitFor();
  }

  /** How many the list says it has; it draws those in and near the window. */
  const found = async () =>
    Number(await page.getByRole('option').first().getAttribute('aria-setsize'));
  const selected = () => page.locator('[role="option"][aria-selected="true"]').count();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

  it('answers while one types', async () => {
    await page.locator('#search-field').pressSequentially('camera', { delay: 5 });
    await page
      .getByRole('option', { name: /“camera”/ })
      .first()
      .waitFor();
    expect(new URL(page.url()).hash).toBe('#/search?q=camera');
  });

  it('takes every key after the shortcut, also those that come before the next frame', async () => {
    const fast = await browser.newPage();
    await fast.goto(linkOf(server));
    await fast.locator('[data-photo]').first().click();
    await fast.getByRole('button', { name: 'Close' }).waitFor();
    const focused = await fast.evaluate(() => {
      const shortcut = { key: 'k', ctrlKey: true, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent('keydown', shortcut));
      return document.activeElement?.id;
    });
    expect(focused).toBe('search-field');
    await fast.keyboard.type('rocket');
    await expect.poll(() => fast.locator('#search-field').inputValue()).toBe('rocket');
    await fast.close();
  });

  it('throws away an answer that comes after a newer question', async () => {
    const slow = await browser.newPage();
    await slow.addInitScript(holdAnswersTo, 'china');
    await slow.goto(linkOf(server));
    await slow.locator('[data-photo]').first().waitFor();
    await slow.keyboard.press('/');
    await slow.locator('#search-field').fill('china');
    const isHeld = () => slow.evaluate(() => Object(window).held.length > 0);
    await waitUntil('the older question is answered', isHeld);
    await slow.locator('#search-field').fill('rocket');
    const newest = slow.getByRole('option', { name: /“rocket”/ }).first();
    await newest.waitFor();
    await slow.evaluate(async () => {
      for (const tell of Object(window).held) tell();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    });
    expect(await slow.getByRole('option').first().textContent()).toContain('“rocket”');
    await slow.close();
  });

  it('selects with clicks as in the library, and says how many', async () => {
    await search('drawn');
    const tiles = page.getByRole('option');
    await tiles.nth(1).click({ modifiers: ['Control'] });
    await tiles.nth(4).click({ modifiers: ['Shift'] });
    await expect.poll(selected).toBe(4);
    await page.getByText('4 selected').waitFor();
    // Once some are selected, a click selects and opens nothing.
    await tiles.nth(2).click();
    await expect.poll(selected).toBe(3);
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await expect.poll(selected).toBe(0);
  });

  it('selects with keys, and lets go with Escape before it leaves the photos', async () => {
    await search('drawn');
    await page.keyboard.press('ArrowDown');
    const first = await focused();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(selected).toBe(3);
    await page.keyboard.press('Control+a');
    await expect.poll(selected).toBe(await page.getByRole('option').count());
    await page.getByText(`${await found()} selected`).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Escape');
    await expect.poll(async () => [await selected(), await focused()]).toEqual([0, first]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('search-field');
  });

  it('goes to the last photo and back by keys, whichever are drawn', async () => {
    await page.setViewportSize({ width: 500, height: 500 });
    await search('drawn');
    const total = await found();
    expect(await page.getByRole('option').count()).toBeLessThan(total);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    const place = () => page.evaluate(() => document.activeElement?.getAttribute('aria-posinset'));
    await expect.poll(place).toBe(String(total));
    await expect
      .poll(() => page.locator('[role="option"]:focus').boundingBox())
      .toMatchObject({
        y: expect.toSatisfy((y: number) => y >= 0 && y < 500),
      });
    await page.keyboard.press('Home');
    await expect.poll(place).toBe('1');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('forgets what was selected when something else is looked for', async () => {
    await search('camera');
    await page
      .getByRole('option')
      .first()
      .click({ modifiers: ['Control'] });
    await search('china');
    await expect.poll(selected).toBe(0);
    await page.getByRole('button', { name: 'Folder', exact: true }).waitFor();
  });

  it('returns from the viewer to the photo that was looked at last', async () => {
    await search('camera');
    const second = await page.getByRole('option').nth(1).textContent();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await waitUntil('the focus is back', async () => (await focused()) === second);
  });

  it('shows what filters alone leave, by date, and the link says so', async () => {
    await page.getByRole('button', { name: 'Folder', exact: true }).click();
    await page.getByRole('button', { name: /^a 12/ }).click();
    await page.getByRole('heading', { name: '12 photos match the filters' }).waitFor();
    await expect.poll(() => page.locator('[role="gridcell"]').count()).toBe(12);
    const link = page.url();
    expect(link).toContain('#/search?folder=');
    expect(await seriousIn(page)).toEqual([]);

    await open(new URL(link).hash.replace('#/search', ''));
    await page.getByRole('heading', { name: '12 photos match the filters' }).waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy a link to this search' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await page.locator('#search-field').press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText('1 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Kind/ }).click();
    await page.getByRole('button', { name: /^PNG/ }).click();
    await page.getByRole('heading', { name: /photos match/ }).waitFor();
    await page.getByRole('button', { name: /^Date/ }).click();
    await page.getByLabel('To: year').selectOption({ index: 1 });
    await page.getByRole('button', { name: /^Remove the filter Folder/ }).click();
    await page.getByRole('heading', { name: /photos match/ }).waitFor();
  });

  it('says what to try where filters leave nothing', async () => {
    await open('?from=1950&to=1950&format=png');
    await page.getByRole('heading', { name: 'No photo matches the filters' }).waitFor();
    expect(await seriousIn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove all filters' }).click();
    await page.getByRole('heading', { name: 'Try' }).waitFor();
  });

  it('takes a picture that is dropped anywhere', async () => {
    await page.getByRole('button', { name: 'Library' }).click();
    const base64 = readFileSync(join(tinyPhotos, 'china.jpg')).toString('base64');
    const transfer = await page.evaluateHandle((data) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const files = new DataTransfer();
      files.items.add(new File([bytes], 'mine.jpg', { type: 'image/jpeg' }));
      return files;
    }, base64);
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
    await page
      .getByRole('option', { name: /Looks like your picture/ })
      .first()
      .waitFor();
    await expect.poll(() => page.getByRole('option').first().textContent()).toContain('china.jpg');
    await page.getByText('mine.jpg').waitFor();
  });

  it('keeps place, focus and selection as photos come', async () => {
    await search('drawn');
    const tiles = page.getByRole('option');
    await tiles.nth(3).click({ modifiers: ['Control'] });
    await tiles.nth(20).focus();
    await tiles.nth(20).evaluate((tile) => tile.scrollIntoView({ block: 'center' }));
    const [chosen, atFocus] = [await tiles.nth(3).textContent(), await focused()];
    const before = await tiles.nth(20).boundingBox();

    mkdirSync(join(photos, 'c'));
    drawPhotos(join(photos, 'c'), 20, 1000);
    await waitUntil('they are among what was found', async () => (await found()) >= 50, 40_000);
    expect(await focused()).toBe(atFocus);
    expect(await page.locator('[aria-selected="true"]').textContent()).toBe(chosen);
    const after = await page.locator('[role="option"]:focus').boundingBox();
    // A row's height depends on its photos; the photo is where it was all the same.
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 1000))).toBeLessThan(60);
  });
});

/** In the page: answers to a search for these words are held until `held` is called through. */
function holdAnswersTo(words: string): void {
  const { send, addEventListener } = WebSocket.prototype;
  const asked = new Set<number>();
  const held: (() => void)[] = [];
  Object.assign(window, { held });
  WebSocket.prototype.send = function (text) {
    const { id, input } = JSON.parse(String(text));
    if (input.words === words) asked.add(id);
    send.call(this, text);
  };
  WebSocket.prototype.addEventListener = function (
    type: string,
    listener: EventListenerOrEventListenerObject,
  ) {
    addEventListener.call(this, type, (event: Event) => {
      const tell = () => Object(listener).call(this, event);
      const isHeld = event instanceof MessageEvent && asked.has(JSON.parse(event.data).id);
      if (isHeld) held.push(tell);
      else tell();
    });
  };
}
