// The icon in the tray or menu bar: how far indexing is, and the few things people want from it
// without opening the window.
import { app, Menu, Tray } from 'electron';
import type { EngineApi, Progress } from '../shared/contract.ts';
import { trayIconPath } from './icons.ts';
import type { MainWindow } from './mainWindow.ts';
import { tooltip } from './progressText.ts';
import type { RunWatch } from './runWatch.ts';

interface TrayOptions {
  readonly window: MainWindow;
  readonly engine: Pick<EngineApi, 'call'>;
  readonly runs: RunWatch;
}

/** Some Linux desktops have no tray; starting the app again then brings its window back. */
export function showTray({ window, engine, runs }: TrayOptions): void {
  let tray: Tray;
  try {
    tray = new Tray(trayIconPath);
  } catch {
    return;
  }
  let shown: 'idle' | 'running' | 'paused' | undefined;
  const update = (progress: Progress | undefined) => {
    tray.setToolTip(tooltip(progress));
    const state = !progress ? 'idle' : progress.phase === 'paused' ? 'paused' : 'running';
    // A menu that is set anew closes under the pointer, so only when it changes.
    if (state === shown) return;
    shown = state;
    const change = state === 'paused' ? 'resume' : 'pause';
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show Ocelli', click: () => window.show() },
        {
          label: state === 'paused' ? 'Resume Indexing' : 'Pause Indexing',
          enabled: state !== 'idle',
          click: () => void engine.call(change, {}).catch(() => {}),
        },
        { type: 'separator' },
        { label: 'Quit Ocelli', click: () => app.quit() },
      ]),
    );
  };
  update(undefined);
  runs.add({ progress: update, ended: () => update(undefined) });
  tray.on('click', () => window.show());
}
