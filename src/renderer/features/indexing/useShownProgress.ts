// The progress of the run, as long as anybody can see it: nothing is drawn on a page in the
// background.
import { useSyncExternalStore } from 'react';
import type { Progress } from '../../../shared/contract.ts';
import { useStore } from '../../store/store.ts';

let shown: Progress | undefined;

export function useShownProgress(): Progress | undefined {
  return useSyncExternalStore(subscribe, snapshot);
}

function subscribe(onChange: () => void): () => void {
  const unsubscribe = useStore.subscribe(onChange);
  document.addEventListener('visibilitychange', onChange);
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', onChange);
  };
}

function snapshot(): Progress | undefined {
  if (document.visibilityState === 'visible') shown = useStore.getState().progress;
  return shown;
}
