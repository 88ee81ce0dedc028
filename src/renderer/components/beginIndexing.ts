// A run over a folder that was typed: nobody waits for its end, but a wrong path is told at once.
import { bridge } from '../bridge/bridge.ts';
import { useStore } from '../store/store.ts';

/** A wrong path is refused within this. */
const refusedWithinMs = 400;

export function beginIndexing(folder: string): Promise<void> {
  const { refreshStatus, tellError } = useStore.getState();
  const run = bridge.call('index', { folders: [folder] });
  const begun = new Promise<void>((resolve) => setTimeout(resolve, refusedWithinMs));
  const refresh = () => refreshStatus().catch(tellError);
  run.then(refresh, refresh);
  return Promise.race([run.then(() => undefined), begun]);
}

export const photosPlaceholder = '/home/you/Pictures';
