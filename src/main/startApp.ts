// Joins the parts of the main process once Electron is ready: engine, window, bridge, protocols,
// menu, tray, and how all of it ends.
//
// [Note: One turn, one step] Nothing holds the main process up for more than 50 ms, from the moment
// that Electron is ready: a window that cannot be moved, a tray that does not answer. Each step of the
// start that takes some milliseconds (a session, a window, a tray, all of them Electron's own work)
// has a turn of the event loop to itself; what reads the whole library works in a thread
// (src/engine/catalog/reader.ts). Measured: test/e2e/electron/heldUp.test.ts.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nativeTheme, type Session } from 'electron';
import { thumbnailFolderOf } from '../shared/thumbnailPath.ts';
import { answerCalls } from './answerCalls.ts';
import { endInOrder } from './endInOrder.ts';
import { EngineHost } from './engineHost.ts';
import { followSettings } from './followSettings.ts';
import { hostCallsFor } from './hostCalls.ts';
import { lockDownSession } from './lockDown.ts';
import { setOpenAtLogin } from './loginItem.ts';
import { MainWindow } from './mainWindow.ts';
import { setMenu } from './menu.ts';
import { menuActions } from './menuActions.ts';
import { openSharedEngine } from './openSharedEngine.ts';
import type { AppOptions } from './options.ts';
import { servePage } from './pageProtocol.ts';
import { servePhotos } from './photoProtocol.ts';
import { progressSigns } from './progressSigns.ts';
import { RunWatch } from './runWatch.ts';
import type { SearchParameters } from './searchLink.ts';
import { followSecondStarts } from './secondStart.ts';
import { systemSurroundings } from './surroundings.ts';
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
  search(parameters: SearchParameters): void;
}

export async function startApp({ options, session, pageFolder }: Start): Promise<RunningApp> {
  let openAtLogin = false;
  const window = new MainWindow({
    profileFolder: options.profileFolder,
    staysOpen: () => ending.windowStaysOpen(),
  });
  const events = new ToWindow(() => window.current);
  window.attach(events);

  const engine = new EngineHost(() =>
    openSharedEngine({
      dataFolder: options.dataFolder,
      ...(options.modelFolder === undefined ? {} : { modelFolder: options.modelFolder }),
      transports: workerTransports(),
      watch: true,
      surroundings: systemSurroundings(),
      onNotice: (message) => events.notice(message),
    }),
  );
  events.relay(engine);
  const runs = new RunWatch(engine);
  runs.add(progressSigns(window));
  const ending = endInOrder({ engine, window, runs, openAtLogin: () => openAtLogin });

  const search = (parameters: SearchParameters) => window.go('search', { ...parameters });
  followSecondStarts({ show: () => window.show(), search });
  lockDownSession(session);
  servePage(session, pageFolder);
  servePhotos(session, { engine, thumbnailFolder: thumbnailFolderOf(options.dataFolder) });
  const hostCalls = hostCallsFor(engine, window);
  answerCalls(engine, hostCalls);
  setMenu(menuActions({ engine, window, runs, hostCalls }));
  await nextTurn();
  if (!options.hidden) window.show();
  await nextTurn();
  showTray({ window, engine, runs });

  followSettings(engine, (settings) => {
    nativeTheme.themeSource = settings.theme;
    window.state.rememberTheme(settings.theme);
    if (settings.openAtLogin === openAtLogin) return;
    openAtLogin = settings.openAtLogin;
    setOpenAtLogin(openAtLogin).catch((error: Error) => events.notice(error.message));
  });
  return { search };
}
