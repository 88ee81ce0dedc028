// What the items of the menu do.
import type { EngineApi } from '../shared/contract.ts';
import type { HostHandlers } from './answerCalls.ts';
import type { MainWindow } from './mainWindow.ts';
import type { MenuActions } from './menu.ts';
import type { RunWatch } from './runWatch.ts';

interface Parts {
  readonly engine: Pick<EngineApi, 'call'>;
  readonly window: MainWindow;
  readonly runs: RunWatch;
  readonly hostCalls: HostHandlers;
}

export function menuActions({ engine, window, runs, hostCalls }: Parts): MenuActions {
  // What is refused (a run is under way already) is seen in the window anyway.
  const ignoreRefusal = () => {};
  return {
    go: (page) => window.go(page),
    addFolders() {
      void hostCalls.chooseFolders({}).then(({ folders }) => {
        if (folders.length === 0) return;
        window.go('indexing');
        engine.call('index', { folders }).catch(ignoreRefusal);
      });
    },
    indexNow: () => void engine.call('index', { folders: [] }).catch(ignoreRefusal),
    pauseOrResume() {
      const call = runs.now?.phase === 'paused' ? 'resume' : 'pause';
      void engine.call(call, {}).catch(ignoreRefusal);
    },
  };
}
