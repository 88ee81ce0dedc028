// Joins the parts of the main process once Electron is ready: engine, window, bridge, protocols,
// menu, tray, and how all of it ends.
import { app, nativeTheme, type Session } from 'electron';
import { openEngine } from '../engine/engine.ts';
import type { Settings } from '../shared/settings.ts';
import { thumbnailFolderOf } from '../shared/thumbnailPath.ts';
import { answerCalls } from './answerCalls.ts';
import { EngineHost } from './engineHost.ts';
import { hostCallsFor } from './hostCalls.ts';
import { lockDownSession } from './lockDown.ts';
import { setOpenAtLogin } from './loginItem.ts';
import { MainWindow } from './mainWindow.ts';
import { setMenu } from './menu.ts';
import type { AppOptions } from './options.ts';
import { servePage } from './pageProtocol.ts';
import { servePhotos } from './photoProtocol.ts';
import { progressSigns } from './progressSigns.ts';
import { RunWatch } from './runWatch.ts';
import { followSecondStarts } from './secondStart.ts';
import { ToWindow } from './toWindow.ts';
import { showTray } from './tray.ts';
import { workerTransports } from './workerTransports.ts';

interface Start {
  readonly options: AppOptions;
  readonly session: Session;
  readonly pageFolder: string;
}

export interface RunningApp {
  /** Opens the window with this search. */
  search(words: string): void;
}

export function startApp({ options, session, pageFolder }: Start): RunningApp {
  let openAtLogin = false;
  let inTray = false;
  const window = new MainWindow({
    profileFolder: options.profileFolder,
    // Whoever closes the window while photos are indexed, or has Ocelli start with the session,
    // wants its work, not its sight, to go on; but only where a tray leads back to it.
    staysOpen: () => inTray && (openAtLogin || runs.now !== undefined),
  });
  const events = new ToWindow(() => window.current);
  window.attach(events);

  const engine = new EngineHost(() =>
    openEngine({
      dataFolder: options.dataFolder,
      ...(options.modelFolder === undefined ? {} : { modelFolder: options.modelFolder }),
      transports: workerTransports(),
      watch: true,
      onNotice: (message) => events.notice(message),
    }),
  );
  events.relay(engine);
  const runs = new RunWatch(engine);
  runs.add(progressSigns(window));

  lockDownSession(session);
  servePage(session, pageFolder);
  servePhotos(session, { engine, thumbnailFolder: thumbnailFolderOf(options.dataFolder) });
  answerCalls(engine, hostCallsFor(engine, window));

  const ignoreRefusal = () => {};
  setMenu({
    show(what) {
      window.show();
      events.tell('show', { what });
    },
    indexNow: () => void engine.call('index', { folders: [] }).catch(ignoreRefusal),
    pauseOrResume() {
      const call = runs.now?.phase === 'paused' ? 'resume' : 'pause';
      void engine.call(call, {}).catch(ignoreRefusal);
    },
  });
  inTray = showTray({ window, engine, runs });

  const follow = (settings: Settings) => {
    nativeTheme.themeSource = settings.theme;
    window.state.rememberTheme(settings.theme);
    if (settings.openAtLogin === openAtLogin) return;
    openAtLogin = settings.openAtLogin;
    setOpenAtLogin(openAtLogin).catch((error: Error) => events.notice(error.message));
  };
  engine.on('settingsChanged', follow);
  engine.call('settings', {}).then(follow, ignoreRefusal);

  const search = (words: string) => {
    window.show();
    events.tell('showSearch', { words });
  };
  followSecondStarts({ show: () => window.show(), search });
  endWith(engine, window);
  if (!options.hidden || !inTray) window.show();
  return { search };
}

function endWith(engine: EngineHost, window: MainWindow): void {
  app.on('activate', () => window.show());
  app.on('window-all-closed', () => {
    // A Mac keeps an app without windows; elsewhere, the last one closed is the end.
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('before-quit', () => window.letGo());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine
      .close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}
