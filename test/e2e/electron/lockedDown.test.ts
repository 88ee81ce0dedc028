// What a page can reach in the app's window, and what it cannot: the bridge, and nothing else.
/// <reference lib="dom" />
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { repository } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, fetchIn, type OpenWindow, openWindow, refusal } from './support/window.ts';

const preload = join(repository, '.cache/preload/preload.cjs');

describeWindow('the window', () => {
  beforeAll(buildApp, 120_000);

  it('starts with an empty data folder, and its bridge answers', async () => {
    const dataFolder = temporaryFolder();
    const window = await openWindow(dataFolder);
    expect(window.page.url()).toBe('ocelli-app://app/index.html');
    expect(await call(window, 'status', {})).toMatchObject({ eligible: 0, dataFolder, roots: [] });
  });

  it('gives the page a bridge and no Node', async () => {
    const { page } = await openWindow(temporaryFolder());
    const seen = await page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(globalThis, 'ocelli')).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'electron', 'global'].filter(
        (name) => Reflect.get(globalThis, name) !== undefined,
      ),
    }));
    expect(seen).toEqual({ bridge: ['call', 'host', 'on', 'pathOfFile'], node: [] });
  });

  it('refuses calls that do not exist or are not understood, with a code', async () => {
    const window = await openWindow(temporaryFolder());
    for (const name of ['eraseDisk', '__proto__', 'constructor', 'toString']) {
      expect(await refusal(window, 'call', name, {})).toMatchObject({ code: 'ARGUMENT' });
      expect(await refusal(window, 'host', name, {})).toMatchObject({ code: 'ARGUMENT' });
    }
    const asked = await refusal(window, 'call', 'search', { words: 7 });
    expect(asked).toMatchObject({ code: 'ARGUMENT', message: expect.stringContaining('words') });
    const opened = await refusal(window, 'host', 'open', { photo: '/etc/passwd' });
    expect(opened).toMatchObject({ code: 'ARGUMENT', message: expect.stringContaining('photo') });
    expect(await refusal(window, 'host', 'reveal', { photo: 4711 })).toEqual({
      code: 'PHOTO_UNKNOWN',
      message: expect.stringContaining('4711'),
    });
  });

  it('stays on its page, opens no other window, and grants nothing', async () => {
    const window = await openWindow(temporaryFolder());
    const { app, page } = window;
    const tried = await page.evaluate(async () => {
      const opened = globalThis.open('https://example.org/');
      const link = document.createElement('a');
      link.href = 'https://example.org/';
      document.body.append(link);
      link.click();
      globalThis.location.href = 'data:text/html,elsewhere';
      globalThis.location.href = 'ocelli-app://app/assets/';
      const frame = document.createElement('iframe');
      frame.src = 'https://example.org/';
      document.body.append(frame, document.createElement('webview'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      const place = await navigator.permissions.query({ name: 'geolocation' });
      return { opened: opened === null, place: place.state };
    });
    expect(tried).toEqual({ opened: true, place: 'denied' });
    expect(page.url()).toBe('ocelli-app://app/index.html');
    const pages = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getURL()),
    );
    expect(pages).toEqual(['ocelli-app://app/index.html']);
  });

  it('has no network', async () => {
    const { app } = await openWindow(temporaryFolder());
    const said = await app.evaluate(({ net }) =>
      net.fetch('https://example.org/').then(
        () => 'an answer',
        (error: Error) => error.message,
      ),
    );
    expect(said).toBe('net::ERR_BLOCKED_BY_CLIENT');
  });

  it('runs no script that did not come with the app', async () => {
    const window = await openWindow(temporaryFolder());
    const ran = await window.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
      return Reflect.get(globalThis, 'injected') ?? 'nothing';
    });
    expect(ran).toBe('nothing');
    const { headers } = await fetchIn(window, 'ocelli-app://app/index.html');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
  });

  it('serves its own files and no others', async () => {
    const window = await openWindow(temporaryFolder());
    for (const path of [
      'app/../main/main.js',
      'app/..%2fmain%2fmain.js',
      'app/%2e%2e/main/main.js',
      'app/..%5cmain%5cmain.js',
      'app//etc/passwd',
      'app/',
      'elsewhere/index.html',
    ]) {
      expect((await fetchIn(window, `ocelli-app://${path}`)).status, path).toBe(404);
    }
  });

  it('gives a page from elsewhere no bridge, and no answer to what it sends by hand', async () => {
    const { app } = await openWindow(temporaryFolder());
    const seen = await foreignPage(app, preload);
    expect(seen).toEqual({
      bridge: false,
      answer: { ok: false, error: { code: 'ARGUMENT', message: expect.any(String) } },
    });
  });
});

/** A page that got into a window of its own, with the app's preload script and without. */
async function foreignPage(app: OpenWindow['app'], preload: string) {
  const bridge = await app.evaluate(async ({ BrowserWindow }, preload) => {
    const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await window.loadURL('data:text/html,<title>elsewhere</title>');
    const has = await window.webContents.executeJavaScript('"ocelli" in globalThis');
    window.destroy();
    return has;
  }, preload);
  const answer = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: false, nodeIntegration: true, contextIsolation: false },
    });
    await window.loadURL('data:text/html,<title>elsewhere</title>');
    const said = await window.webContents.executeJavaScript(
      `require('electron').ipcRenderer.invoke('ocelli:call', 'status', {})`,
    );
    window.destroy();
    return said;
  });
  return { bridge, answer };
}
