// The photos of the library by month, as far as they are needed: months near the window are loaded
// and kept, those far away let go, and all of it asked for again when the library changes.
import type { PhotoTile, Timeline } from '../../../shared/library.ts';
import { reuseTiles } from './reuseTiles.ts';

export interface MonthSource {
  timeline(): Promise<Timeline>;
  photosOf(month: string): Promise<readonly PhotoTile[]>;
}

export interface MonthsState {
  /** Undefined until it is known. */
  readonly timeline: Timeline | undefined;
  readonly photos: ReadonlyMap<string, readonly PhotoTile[]>;
}

export interface PhotoMonths {
  state(): MonthsState;
  subscribe(listener: () => void): () => void;
  /** The months that show now or soon, most urgent first. */
  want(months: readonly string[]): void;
  /** The library has changed. Calls while it is under way become one more. */
  refresh(): void;
  /** A month that may be far away; not kept. */
  load(month: string): Promise<readonly PhotoTile[]>;
}

/** Photos kept although they are not near: scrolling back and forth asks for nothing. */
const keptPhotos = 6000;
const mostAtOnce = 3;
/** A refresh takes this part of the time at most, so that a large library stays quick meanwhile. */
const refreshShare = 0.02;

export function createPhotoMonths(
  source: MonthSource,
  onError: (thrown: unknown) => void,
  now: () => number = () => performance.now(),
): PhotoMonths {
  let state: MonthsState = { timeline: undefined, photos: new Map() };
  let wanted: readonly string[] = [];
  const loading = new Map<string, Promise<readonly PhotoTile[]>>();
  const listeners = new Set<() => void>();
  let refreshing = false;
  let refreshAgain = false;
  /** Counts refreshes: an answer from before one may be old. */
  let version = 0;
  /** Months that are shown as they were before the last change. */
  let stale = new Set<string>();
  /** Those that there are. */
  let known: ReadonlySet<string> = new Set();

  function publish(next: MonthsState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function load(month: string): Promise<readonly PhotoTile[]> {
    const shown = state.photos.get(month);
    if (shown && !stale.has(month)) return Promise.resolve(shown);
    const underWay = loading.get(month) ?? source.photosOf(month);
    loading.set(month, underWay);
    const done = () => {
      if (loading.get(month) === underWay) loading.delete(month);
    };
    underWay.then(done, done);
    return underWay;
  }

  function fill(): void {
    for (const month of wanted) {
      if (loading.size >= mostAtOnce) return;
      if (!known.has(month) || loading.has(month)) continue;
      if (state.photos.has(month) && !stale.has(month)) continue;
      const asked = version;
      load(month)
        .then((tiles) => {
          if (asked === version) keep(month, tiles);
          // The next one begins when this one has left the list of those under way.
          setTimeout(fill);
        })
        .catch(onError);
    }
  }

  function keep(month: string, tiles: readonly PhotoTile[]): void {
    const photos = new Map(state.photos);
    const old = photos.get(month);
    photos.delete(month);
    photos.set(month, reuseTiles(old, tiles));
    stale.delete(month);
    publish({ ...state, photos: letGo(photos, wanted) });
  }

  /** What is shown stays until its answer comes. */
  async function refreshOnce(): Promise<void> {
    const timeline = await source.timeline();
    version += 1;
    known = new Set(timeline.months.map(({ month }) => month));
    const photos = new Map([...state.photos].filter(([month]) => known.has(month)));
    stale = new Set(photos.keys());
    loading.clear();
    publish({ timeline, photos });
    fill();
    await Promise.allSettled(loading.values());
  }

  function refresh(): void {
    if (refreshing) {
      refreshAgain = true;
      return;
    }
    refreshing = true;
    const start = now();
    refreshOnce()
      .catch(onError)
      .then(() => {
        const rest = (now() - start) * (1 / refreshShare - 1);
        setTimeout(() => {
          refreshing = false;
          const again = refreshAgain;
          refreshAgain = false;
          if (again) refresh();
        }, rest);
      });
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    want(months) {
      wanted = months;
      fill();
    },
    refresh,
    load,
  };
}

/** Of the months that are not wanted, the ones looked at last are kept. */
function letGo(
  photos: ReadonlyMap<string, readonly PhotoTile[]>,
  wanted: readonly string[],
): Map<string, readonly PhotoTile[]> {
  let room = keptPhotos;
  const kept = [...photos].reverse().filter(([month, tiles]) => {
    if (wanted.includes(month)) return true;
    room -= tiles.length;
    return room >= 0;
  });
  return new Map(kept.reverse());
}
