// How the app ends: when its window is closed, unless there is work left that people want done; and
// never before the engine has put everything in its place.
import { app, Notification } from 'electron';
import type { EngineHost } from './engineHost.ts';
import type { MainWindow } from './mainWindow.ts';
import type { RunWatch } from './runWatch.ts';

interface Parts {
  readonly engine: EngineHost;
  readonly window: MainWindow;
  readonly runs: RunWatch;
  readonly openAtLogin: () => boolean;
}

export interface Ending {
  /**
   * Whether closing the window only hides it: while photos are indexed (the app then ends with the
   * run), and where people have Ocelli start with the session, to keep the library up to date. A Mac
   * keeps an app without windows anyway.
   */
  windowStaysOpen(): boolean;
}

export function endInOrder({ engine, window, runs, openAtLogin }: Parts): Ending {
  let endsWithRun = false;
  let ending = false;
  app.on('activate', () => window.show());
  app.on('before-quit', () => window.letGo());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    void engine
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        // Not quit(): asked for within the event that was just refused, it can be lost.
        app.exit();
      });
  });
  runs.add({
    progress: () => {},
    ended() {
      if (endsWithRun && !window.visible) app.quit();
      endsWithRun = false;
    },
  });
  return {
    windowStaysOpen() {
      if (process.platform === 'darwin') return false;
      if (openAtLogin()) return true;
      if (runs.now === undefined) return false;
      if (!endsWithRun) sayThatItGoesOn(window);
      endsWithRun = true;
      return true;
    },
  };
}

function sayThatItGoesOn(window: MainWindow): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title: 'Ocelli goes on indexing',
    body: 'It ends when all photos are done. Start it again to see it, or quit it from the tray.',
  });
  notification.on('click', () => window.show());
  notification.show();
}
