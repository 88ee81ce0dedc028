// What Ocelli does beyond its window: the file manager, other programs, dragging out, the taskbar, the
// tray, notifications. Where a test would open what this machine may not have (a file manager, a
// desktop that shows notifications), what Electron is asked for is recorded inside the main process,
// in place of Electron's own call; everything up to that call is the app's.
/// <reference lib="dom" />
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { copyPhotos, drawPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { buildApp } from './support/buildApp.ts';
import { describeWindow } from './support/findElectron.ts';
import { call, type OpenWindow, openWindow, refusal } from './support/window.ts';

const slow = 120_000;

describeWindow('beyond the window', () => {
  beforeAll(buildApp, 120_000);

  it(
    'a photo is shown in its folder, opened, and dragged out with its copies, by id',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      const photos = copyPhotos(join(folder, 'photos'));
      await call(window, 'index', { folders: [photos] });
      await record(window);
      const { hits } = await call(window, 'search', { words: 'a cat', limit: 2 });
      const [first, second] = hits;
      if (!first || !second) throw new Error('nothing was found');

      expect(await refusal(window, 'host', 'reveal', { photo: first.photo })).toBe('no refusal');
      expect(await refusal(window, 'host', 'open', { photo: second.photo })).toBe('no refusal');
      const dragged = { photos: [first.photo, second.photo] };
      expect(await refusal(window, 'host', 'startDrag', dragged)).toBe('no refusal');
      expect(await recorded(window)).toEqual([
        `reveal ${first.path}`,
        `open ${second.path}`,
        // With a picture beneath the pointer: the thumbnail, made small.
        `drag ${first.path} ${second.path} 96`,
      ]);
    },
    slow,
  );

  it(
    'a disk that is away is told once, however often it is looked for, and its photos stay',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      const photos = copyPhotos(join(folder, 'photos'));
      await call(window, 'index', { folders: [photos] });
      renameSync(photos, `${photos}-away`);
      for (let look = 0; look < 3; look++) await call(window, 'index', { folders: [] });
      await window.page.getByText('is offline').first().waitFor();
      expect(await window.page.getByText('is offline').count()).toBe(1);
      const { hits } = await call(window, 'search', { words: 'a cat', limit: 12 });
      expect(hits.map((hit) => hit.online)).toEqual(Array(12).fill(false));
    },
    slow,
  );

  it(
    'a run shows on the taskbar and in the tray, and a notification tells the end of a long one',
    async () => {
      const folder = temporaryFolder();
      const window = await openWindow(join(folder, 'data'));
      await call(window, 'status', {});
      await record(window);
      const running = call(window, 'index', { folders: [drawPhotos(join(folder, 'photos'), 200)] });
      await waitUntil('the run shows on the taskbar', async () =>
        (await recorded(window)).some((line) => line.startsWith('taskbar')),
      );
      await call(window, 'pause', {});
      // Nobody waits a minute for a test: the clock of the main process is put forward by two. The
      // window is not in front, as nobody wants to be told what they see.
      await window.app.evaluate(({ BrowserWindow }) => {
        const now = performance.now.bind(performance);
        performance.now = () => now() + 120_000;
        BrowserWindow.getAllWindows()[0]?.hide();
      });
      await call(window, 'resume', {});
      expect(await running).toMatchObject({ outcome: 'complete', indexed: 200 });
      await waitUntil('the end is told', async () =>
        (await recorded(window)).some((line) => line.startsWith('notification')),
      );
      const lines = await recorded(window);
      expect(lines).toContain(
        'notification Your photos are indexed: 200 new or changed, 200 in all.',
      );
      const bars = lines.filter((line) => line.startsWith('taskbar '));
      expect(bars.slice(0, -1).length).toBeGreaterThan(0);
      // -1 takes the bar away.
      expect(bars.at(-1)).toBe('taskbar -1');
      const tips = lines.filter((line) => line.startsWith('tray '));
      expect(tips.at(0)).toMatch(/^tray Ocelli: /);
      expect(tips.at(-1)).toBe('tray Ocelli');
    },
    slow,
  );
});

/** From now on, what Electron is asked for is written down instead of done. */
async function record({ app }: OpenWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification, Tray, shell }) => {
    const lines: string[] = [];
    Reflect.set(globalThis, 'recorded', lines);
    shell.showItemInFolder = (path) => void lines.push(`reveal ${path}`);
    shell.openPath = async (path) => {
      lines.push(`open ${path}`);
      return '';
    };
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error('there is no window');
    window.webContents.startDrag = ({ files, icon }) => {
      const { width } = typeof icon === 'string' ? { width: 0 } : icon.getSize();
      lines.push(`drag ${files?.join(' ')} ${width}`);
    };
    window.setProgressBar = (progress) => void lines.push(`taskbar ${progress}`);
    Tray.prototype.setToolTip = (text) => void lines.push(`tray ${text}`);
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      lines.push(`notification ${this.title}: ${this.body}`);
    };
  });
}

function recorded({ app }: OpenWindow): Promise<string[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'recorded') as string[]);
}
