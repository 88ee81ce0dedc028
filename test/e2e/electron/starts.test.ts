// Starting the app: twice, with a link, after it was moved, with the person's session.
/// <reference lib="dom" />
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { drawPhotos, repository } from '../../support/photos.ts';
import { ocelliExpecting } from '../../support/runOcelli.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow, ready } from './support/findElectron.ts';
import {
  call,
  launch,
  openWindow,
  type PageScope,
  startArguments,
  startEnvironment,
} from './support/window.ts';

const slow = 120_000;

describeWindow('the app', () => {
  beforeAll(buildApp, 120_000);

  it(
    'shows the search that it was started with',
    async () => {
      const window = await openWindow(temporaryFolder(), 'ocelli://search?q=a+dog+on+grass');
      await window.page.waitForURL(/#\/search\?q=a\+dog\+on\+grass$/);
    },
    slow,
  );

  it(
    'started twice, comes to the front and takes over what the second was asked for',
    async () => {
      const dataFolder = temporaryFolder();
      const window = await openWindow(dataFolder);
      await call(window, 'status', {});
      await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
      const status = await startAgain(dataFolder, 'ocelli://search?q=caf%C3%A9%20%22red+door%22');
      expect(status).toBe(0);
      await window.page.waitForURL((url) => url.hash.startsWith('#/search'));
      const { hash } = new URL(window.page.url());
      expect(new URLSearchParams(hash.slice('#/search?'.length)).get('q')).toBe('café "red door"');
      const shown = await window.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((one) => one.isVisible()),
      );
      expect(shown).toEqual([true]);
    },
    slow,
  );

  it(
    'opens its window where it was left',
    async () => {
      const dataFolder = temporaryFolder();
      const bounds = { x: 120, y: 90, width: 900, height: 640 };
      const first = await openWindow(dataFolder);
      await first.app.evaluate(
        ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
        bounds,
      );
      const kept = join(dataFolder, 'window/window.json');
      await waitUntil(
        'its place is kept',
        () => existsSync(kept) && /900/.test(readFileSync(kept, 'utf8')),
      );
      await first.close();
      const second = await openWindow(dataFolder);
      const now = await second.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.getBounds(),
      );
      expect(now).toMatchObject({ width: bounds.width, height: bounds.height });
      const least = await second.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
      );
      expect(least).toEqual([640, 480]);
    },
    slow,
  );

  it(
    'follows the settings: theme now, and the start with the session',
    async () => {
      const dataFolder = temporaryFolder();
      const window = await openWindow(dataFolder);
      const entry = join(`${dataFolder}-config`, 'autostart/ocelli.desktop');
      await call(window, 'changeSettings', { theme: 'dark', openAtLogin: true });
      await waitUntil('the page is dark', () =>
        window.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches),
      );
      // The window has the colour of its page before it has its page.
      const colour = await window.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.getBackgroundColor(),
      );
      const styles = readFileSync(join(repository, 'src/renderer/styles/tokens.css'), 'utf8');
      const [, dark] = /--background: light-dark\(\S+ (\S+)\)/.exec(styles) ?? [];
      expect(colour?.toLowerCase()).toBe(dark);
      if (process.platform !== 'linux') return;
      await waitUntil('it is in the autostart folder', () => existsSync(entry));
      expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=".*electron" ".*" --hidden$/m);
      await call(window, 'changeSettings', { openAtLogin: false });
      await waitUntil('it has left the autostart folder', () => !existsSync(entry));
    },
    slow,
  );

  it(
    'goes on with a run when its window is closed, and ends with it',
    async () => {
      const folder = temporaryFolder();
      const { app, page } = await openWindow(join(folder, 'data'));
      const photos = drawPhotos(join(folder, 'photos'), 300);
      await page.evaluate(
        (folders) => {
          const { ocelli } = globalThis as unknown as PageScope;
          return new Promise<void>((resolve) => {
            ocelli.on('progress', () => resolve());
            void ocelli.call('index', { folders });
          });
        },
        [photos],
      );
      const ended = new Promise<void>((resolve) => app.process().once('exit', () => resolve()));
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await ended;
      const { stdout } = await ocelliExpecting(0, [
        ...['--data', join(folder, 'data'), 'status', '--json'],
      ]);
      expect(JSON.parse(stdout)).toMatchObject({ indexed: 300, pending: 0 });
    },
    slow,
  );

  it(
    'starts out of sight with the session, and comes when it is started again',
    async () => {
      const dataFolder = temporaryFolder();
      const app = await launch(dataFolder, '--hidden');
      try {
        await waitUntil('it works with the data folder', () =>
          existsSync(join(dataFolder, 'catalog.sqlite')),
        );
        expect(app.windows()).toEqual([]);
        const [page] = await Promise.all([app.waitForEvent('window'), startAgain(dataFolder)]);
        expect(page.url()).toBe('ocelli-app://app/index.html');
      } finally {
        await app.close();
      }
    },
    slow,
  );

  it(
    'loads its page anew when the page crashes',
    async () => {
      const window = await openWindow(temporaryFolder());
      const { app } = window;
      await call(window, 'status', {});
      const answer = await app.evaluate(async ({ BrowserWindow }) => {
        const page = BrowserWindow.getAllWindows()[0]?.webContents;
        const loaded = new Promise<void>((resolve) => page?.once('did-finish-load', resolve));
        page?.forcefullyCrashRenderer();
        await loaded;
        return page?.executeJavaScript(
          `ocelli.call('status', {}).then(({ eligible }) => eligible)`,
        );
      });
      expect(answer).toBe(0);
    },
    slow,
  );

  it(
    'has a menu with keys for what people do most',
    async () => {
      const { app } = await openWindow(temporaryFolder());
      const keys = await app.evaluate(({ Menu }) =>
        Menu.getApplicationMenu()?.items.flatMap((menu) =>
          (menu.submenu?.items ?? []).map((item) => `${item.label}: ${item.accelerator ?? ''}`),
        ),
      );
      expect(keys).toContain('Add Folders…: CmdOrCtrl+O');
      expect(keys).toContain('Search: CmdOrCtrl+F');
      expect(keys).toContain('Settings…: CmdOrCtrl+,');
    },
    slow,
  );
});

/** The exit status of a second start with the same data folder. */
function startAgain(dataFolder: string, ...args: string[]): Promise<number | null> {
  const second = spawn(ready().program, startArguments(...args), {
    env: startEnvironment(dataFolder),
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    second.on('error', reject);
    second.on('exit', resolve);
  });
}
