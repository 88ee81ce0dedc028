// Folders that are being forgotten: struck out for a moment, in which it can be undone. It goes on
// when one leaves this page, and is done at once when the window is closed.
import { create } from 'zustand';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { DelayedActions } from './DelayedActions.ts';

const undoMs = 8000;

const timers = {
  set: (run: () => void, ms: number) => window.setTimeout(run, ms),
  clear: (timer: number) => window.clearTimeout(timer),
};

/** Paths that are about to be forgotten. */
export const useForgetting = create<{ readonly paths: ReadonlySet<string> }>()(() => ({
  paths: new Set<string>(),
}));

const actions = new DelayedActions(undoMs, timers, (paths) => useForgetting.setState({ paths }));
window.addEventListener('pagehide', () => actions.flush());

export function forgetSoon(folder: string): void {
  const { tell, tellError, refreshStatus } = useStore.getState();
  tell({ text: `${folder} will be forgotten in a moment.`, undo: () => actions.cancel(folder) });
  const message = useStore.getState().messages.at(-1)?.id;
  actions.schedule(folder, () => {
    // What it offers to undo is past.
    if (message !== undefined) useStore.getState().dismiss(message);
    bridge
      .call('forget', { folder })
      .then(() => refreshStatus())
      .catch(tellError);
  });
}

export function keepFolder(folder: string): void {
  actions.cancel(folder);
}

/** Where all is removed there is nothing left to forget. */
export function forgetNothing(): void {
  actions.cancelAll();
}
