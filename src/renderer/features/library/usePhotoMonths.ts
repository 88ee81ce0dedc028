// The photos of the library, or of one folder and what lies below it, kept as it changes.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { createPhotoMonths, type MonthsState, type PhotoMonths } from './photoMonths.ts';

export function usePhotoMonths(folder?: string): { months: PhotoMonths; state: MonthsState } {
  const tellError = useStore((store) => store.tellError);
  const libraryVersion = useStore((store) => store.libraryVersion);
  const connected = useStore((store) => store.connected);
  const months = useMemo(() => {
    const filter = folder === undefined ? {} : { filter: { folder } };
    return createPhotoMonths(
      {
        timeline: () => bridge.call('timeline', filter),
        photosOf: (month) => bridge.call('photosOf', { month, ...filter }),
      },
      tellError,
    );
  }, [folder, tellError]);
  const state = useSyncExternalStore(months.subscribe, months.state);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the version is the reason
  useEffect(() => {
    if (connected) months.refresh();
  }, [months, libraryVersion, connected]);

  return { months, state };
}
