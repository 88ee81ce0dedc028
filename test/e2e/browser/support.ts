// What the tests in a real Chromium share: a browser, the command line's server with its link, and
// axe-core.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { systemPackages } from '../../../scripts/systemPackages.mjs';
import { repository } from '../../support/photos.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from '../electron/support/buildApp.ts';

const { chromium: executable, whyNoBrowser } = systemPackages({ install: false });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const hasBrowser = Boolean(executable);
/** For the name of tests that are left out. */
export const without = executable ? '' : ` (left out: ${whyNoBrowser})`;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

export async function openPage(browser: Browser, server: ChildProcess): Promise<Page> {
  // Colours that are on their way from one theme to the other have no contrast to speak of.
  const viewport = { width: 1280, height: 800 };
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  page.setDefaultTimeout(20_000);
  await page.goto(linkOf(server));
  return page;
}

const links = new WeakMap<ChildProcess, string>();

/** A library in a browser: what most tests here begin with. */
export interface Served {
  readonly server: ChildProcess;
  readonly browser: Browser;
  readonly page: Page;
}

export async function openServed(dataFolder: string): Promise<Served> {
  await buildApp();
  const server = await serve(dataFolder);
  const browser = await launchBrowser();
  return { server, browser, page: await openPage(browser, server) };
}

/** Whatever of it there came to be. */
export async function closeServed({ server, browser }: Partial<Served>): Promise<void> {
  await browser?.close();
  await endServer(server);
}

/** @param options of the command line, before `serve`. */
export async function serve(dataFolder: string, ...options: string[]): Promise<ChildProcess> {
  const renderer = join(repository, '.cache/renderer');
  const child = spawn(
    process.execPath,
    [
      ...['src/cli/main.ts', '--data', dataFolder, ...options],
      ...['serve', '--port', '0', '--renderer', renderer],
    ],
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

export function linkOf(server: ChildProcess): string {
  return links.get(server) ?? '';
}

export async function endServer(server: ChildProcess | undefined): Promise<void> {
  const ended = new Promise((resolve) => server?.once('exit', resolve));
  if (server?.kill('SIGTERM')) await ended;
}

/** Ids of what axe-core calls serious or critical on the page as it is, with the elements. */
export async function seriousIn(page: Page): Promise<string[]> {
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
