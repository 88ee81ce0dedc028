// How large the data is, and what can be done with it.
import { useCallback, useEffect, useState } from 'react';
import type { Storage } from '../../../shared/settings.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';

interface StorageState {
  /** Undefined until it is known. */
  readonly storage: Storage | undefined;
  readonly busy: boolean;
  work(name: 'clearThumbnails' | 'rebuildIndex'): void;
}

export function useStorage(): StorageState {
  const [storage, setStorage] = useState<Storage>();
  const [busy, setBusy] = useState(false);
  const tell = useStore((store) => store.tell);
  const tellError = useStore((store) => store.tellError);
  const isRunning = useStore((store) => store.progress !== undefined);
  const refresh = useCallback(
    () => bridge.call('storage', {}).then(setStorage, tellError),
    [tellError],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a run has ended, there is more
  useEffect(() => void refresh(), [refresh, isRunning]);

  const work = useCallback(
    (name: 'clearThumbnails' | 'rebuildIndex') => {
      setBusy(true);
      bridge
        .call(name, {})
        .then(() => {
          // Sizes show that thumbnails are gone; of the index nothing is seen.
          if (name === 'rebuildIndex') tell({ text: 'The search index was rebuilt.' });
          return refresh();
        })
        .catch(tellError)
        .finally(() => setBusy(false));
    },
    [refresh, tell, tellError],
  );
  return { storage, busy: busy || isRunning, work };
}
