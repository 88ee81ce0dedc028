// Where in the app one is. The address says it too (`#/search?q=…`), so that a place can be shared
// between windows, kept as a bookmark and gone back from.
import type { StateCreator } from 'zustand';
import type { Store } from './store.ts';

export const pages = ['library', 'folders', 'search', 'indexing', 'settings'] as const;
export type Page = (typeof pages)[number];

export interface Place {
  readonly page: Page;
  /** What the page is about: the query, the folder … */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface NavigationSlice {
  readonly place: Place;
  /** @param options.replace instead of adding to the history: for what changes as one types. */
  go(page: Page, parameters?: Record<string, string>, options?: { replace?: boolean }): void;
  /** Takes the place from the address; to be called once, and when the address changes. */
  readAddress(): void;
}

export const createNavigationSlice: StateCreator<Store, [], [], NavigationSlice> = (set) => ({
  place: placeOf(location.hash),

  go(page, parameters = {}, { replace = false } = {}) {
    const place = { page, parameters };
    if (addressOf(place) !== location.hash) {
      history[replace ? 'replaceState' : 'pushState'](null, '', addressOf(place));
    }
    set({ place });
  },

  readAddress() {
    set({ place: placeOf(location.hash) });
  },
});

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const page = pages.find((candidate) => candidate === path) ?? 'library';
  return { page, parameters: Object.fromEntries(new URLSearchParams(query)) };
}

export function addressOf({ page, parameters }: Place): string {
  const query = new URLSearchParams(parameters).toString();
  return `#/${page}${query === '' ? '' : `?${query}`}`;
}
