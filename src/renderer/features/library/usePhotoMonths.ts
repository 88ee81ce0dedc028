// The photos of the library, or those of it that a filter leaves, kept as it changes.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PhotoFilter } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { createPhotoMonths, type MonthsState, type PhotoMonths } from './photoMonths.ts';
import { wholeMonth } from './wholeMonth.ts';

export function usePhotoMonths(filter?: PhotoFilter): {
  months: PhotoMonths;
  state: MonthsState;
} {
  const tellError = useStore((store) => store.tellError);
  const libraryVersion = useStore((store) => store.libraryVersion);
  const connected = useStore((store) => store.connected);
  // A filter of the same values is the same filter.
  const key = filter && JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter is in its key
  const months = useMemo(() => {
    const narrowed = filter ? { filter } : {};
    return createPhotoMonths(
      {
        timeline: () => bridge.call('timeline', narrowed),
        photosOf: (month) =>
          wholeMonth((after) => bridge.call('photosOf', { month, ...narrowed, after })),
      },
      tellError,
    );
  }, [key, tellError]);
  const state = useSyncExternalStore(months.subscribe, months.state);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the version is the reason
  useEffect(() => {
    if (connected) months.refresh();
  }, [months, libraryVersion, connected]);

  return { months, state };
}
