// The photo that is looked at in full, among those it was opened from.
import type { StateCreator } from 'zustand';
import type { PhotoTile } from '../../shared/library.ts';
import type { Store } from './store.ts';

/** A photo in the viewer; `why` where a search has found it. */
export interface ViewedPhoto {
  readonly tile: PhotoTile;
  readonly why?: string;
}

export interface ViewerSlice {
  readonly viewer: { readonly photos: readonly ViewedPhoto[]; readonly index: number } | undefined;
  openViewer(photos: readonly ViewedPhoto[], index: number): void;
  showInViewer(index: number): void;
  closeViewer(): void;
}

export const createViewerSlice: StateCreator<Store, [], [], ViewerSlice> = (set, get) => ({
  viewer: undefined,

  openViewer(photos, index) {
    set({ viewer: { photos, index } });
  },

  showInViewer(index) {
    const { viewer } = get();
    if (viewer && index >= 0 && index < viewer.photos.length) set({ viewer: { ...viewer, index } });
  },

  closeViewer() {
    set({ viewer: undefined });
  },
});
