// The months of the library, and the photos of those that are near what is looked at.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PhotoFilter, PhotoTile, Timeline } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';

/** Months kept; the one that was looked at longest ago goes first. */
const mostMonths = 60;

export interface TimelineData {
  /** Undefined until the engine has answered. */
  readonly timeline: Timeline | undefined;
  readonly loaded: ReadonlyMap<string, readonly PhotoTile[]>;
  /** Asks for the photos of these months, unless they are there or on their way. */
  need(months: readonly string[]): void;
}

export function useTimeline(filter: PhotoFilter | undefined): TimelineData {
  const version = useStore((store) => store.libraryVersion);
  const tellError = useStore((store) => store.tellError);
  const [timeline, setTimeline] = useState<Timeline>();
  const [loaded, setLoaded] = useState<ReadonlyMap<string, readonly PhotoTile[]>>(new Map());
  const asked = useRef(new Set<string>());
  const filterKey = JSON.stringify(filter ?? null);

  const load = useCallback(
    (month: string) => {
      asked.current.add(month);
      const input = { month, ...(filterKey === 'null' ? {} : { filter: JSON.parse(filterKey) }) };
      bridge.call('photosOf', input).then(
        (photos) => setLoaded((before) => withMonth(before, month, photos, asked.current)),
        (error: unknown) => {
          asked.current.delete(month);
          tellError(error);
        },
      );
    },
    [filterKey, tellError],
  );

  const shownFilter = useRef(filterKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that it is time to ask again.
  useEffect(() => {
    if (shownFilter.current !== filterKey) {
      shownFilter.current = filterKey;
      asked.current.clear();
      setLoaded(new Map());
    }
    const input = filterKey === 'null' ? {} : { filter: JSON.parse(filterKey) };
    let current = true;
    bridge.call('timeline', input).then((next) => {
      if (!current) return;
      setTimeline(next);
      // What is shown stays until its successor has come: nothing flickers.
      for (const month of asked.current) load(month);
    }, tellError);
    return () => {
      current = false;
    };
  }, [version, filterKey, load, tellError]);

  const need = useCallback(
    (months: readonly string[]) => {
      for (const month of months) if (!asked.current.has(month)) load(month);
    },
    [load],
  );
  return { timeline, loaded, need };
}

function withMonth(
  before: ReadonlyMap<string, readonly PhotoTile[]>,
  month: string,
  photos: readonly PhotoTile[],
  asked: Set<string>,
): ReadonlyMap<string, readonly PhotoTile[]> {
  const after = new Map(before);
  after.delete(month);
  after.set(month, photos);
  for (const oldest of after.keys()) {
    if (after.size <= mostMonths) break;
    after.delete(oldest);
    asked.delete(oldest);
  }
  return after;
}
