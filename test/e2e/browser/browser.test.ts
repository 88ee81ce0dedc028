// The app in a real Chromium, served by the command line with the starter model: a first start, the
// samples, a search, a photo in full, a restart; and axe-core on every page.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPackages } from '../../../scripts/systemPackages.mjs';
import { repository } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from '../electron/support/buildApp.ts';

const { chromium: executable, whyNoBrowser } = systemPackages({ install: false });
const without = executable ? '' : ` (left out: ${whyNoBrowser})`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!executable)(`the app in a browser${without}`, () => {
  const dataFolder = join(temporaryFolder(), 'data');
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await buildApp();
    server = await serve(dataFolder);
    browser = await chromium.launch({
      executablePath: executable ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    // Colours that are on their way from one theme to the other have no contrast to speak of.
    const viewport = { width: 1280, height: 800 };
    page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
    page.setDefaultTimeout(20_000);
    await page.goto(linkOf(server));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    if (server?.kill('SIGTERM')) await ended;
  });

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
      .getByRole('button', { name: /chelsea/ })
      .first()
      .waitFor();
    expect(await page.locator('.result-tile').first().textContent()).toContain('chelsea.jpg');
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
  });

  it('finds everything as it was after kill −9 and a restart', async () => {
    server.kill('SIGKILL');
    server = await serve(dataFolder);
    await page.goto(linkOf(server));
    await waitUntil('all samples are shown', async () => {
      return (await page.locator('[data-photo]').count()) === 8;
    });
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
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

const links = new WeakMap<ChildProcess, string>();

async function serve(dataFolder: string): Promise<ChildProcess> {
  const renderer = join(repository, '.cache/renderer');
  const child = spawn(
    process.execPath,
    ['src/cli/main.ts', '--data', dataFolder, 'serve', '--port', '0', '--renderer', renderer],
    { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += String(chunk);
  });
  await waitUntil('the link is printed', () => /http:\S+/.test(printed));
  links.set(child, /http:\S+/.exec(printed)?.[0] ?? '');
  return child;
}

function linkOf(server: ChildProcess): string {
  return links.get(server) ?? '';
}

/** Ids of what axe-core calls serious or critical on the page as it is, with the elements. */
async function seriousIn(page: Page): Promise<string[]> {
  // The page's policy forbids foreign scripts in its document; an evaluated one is the tester's own.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await Object(window).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
          `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
      );
  });
}
