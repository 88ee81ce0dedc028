// Which photos are selected, by id, whatever page shows them.
import type { StateCreator } from 'zustand';
import type { Store } from './store.ts';

export interface SelectionSlice {
  readonly selected: ReadonlySet<number>;
  /** Where a range begins: the photo that was selected last. */
  readonly anchor: number | undefined;
  select(photos: Iterable<number>, anchor?: number): void;
  toggle(photo: number): void;
  clearSelection(): void;
}

export const createSelectionSlice: StateCreator<Store, [], [], SelectionSlice> = (set, get) => ({
  selected: new Set(),
  anchor: undefined,

  select(photos, anchor) {
    set({ selected: new Set(photos), anchor: anchor ?? get().anchor });
  },

  toggle(photo) {
    const selected = new Set(get().selected);
    if (!selected.delete(photo)) selected.add(photo);
    set({ selected, anchor: photo });
  },

  clearSelection() {
    set({ selected: new Set(), anchor: undefined });
  },
});
