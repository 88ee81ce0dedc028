// The photo that is looked at in full, among those it was opened from.
import type { StateCreator } from 'zustand';
import type { PhotoTile } from '../../shared/library.ts';
import type { Store } from './store.ts';

/** A photo in the viewer; `why` where a search has found it. */
export interface ViewedPhoto {
  readonly tile: PhotoTile;
  readonly why?: string;
}

/** What comes beyond an end of the photos in the viewer; empty where there is no more. */
export type MorePhotos = (
  direction: 'before' | 'after',
  edge: PhotoTile,
) => Promise<readonly ViewedPhoto[]>;

export interface ViewerSlice {
  readonly viewer:
    | {
        readonly photos: readonly ViewedPhoto[];
        readonly index: number;
        readonly more: MorePhotos | undefined;
      }
    | undefined;
  /** @param more where the photos are part of a list too long to hand over */
  openViewer(photos: readonly ViewedPhoto[], index: number, more?: MorePhotos): void;
  showInViewer(index: number): void;
  /** Asks for what comes beyond an end, where that end is near. */
  growViewer(direction: 'before' | 'after'): Promise<void>;
  closeViewer(): void;
}

/** Photos to an end before what comes beyond it is asked for. */
const nearEnd = 3;

export const createViewerSlice: StateCreator<Store, [], [], ViewerSlice> = (set, get) => ({
  viewer: undefined,

  openViewer(photos, index, more) {
    set({ viewer: { photos, index, more } });
  },

  showInViewer(index) {
    const { viewer } = get();
    if (viewer && index >= 0 && index < viewer.photos.length) set({ viewer: { ...viewer, index } });
  },

  async growViewer(direction) {
    const { viewer } = get();
    const isAfter = direction === 'after';
    const edge = viewer?.photos.at(isAfter ? -1 : 0);
    if (!viewer?.more || !edge) return;
    const rest = isAfter ? viewer.photos.length - 1 - viewer.index : viewer.index;
    if (rest >= nearEnd) return;
    const found = await viewer.more(direction, edge.tile);
    const now = get().viewer;
    // Closed, opened anew or grown meanwhile: then this answer is not for it.
    if (now?.photos !== viewer.photos || found.length === 0) return;
    const photos = isAfter ? [...now.photos, ...found] : [...found, ...now.photos];
    set({ viewer: { ...now, photos, index: now.index + (isAfter ? 0 : found.length) } });
  },

  closeViewer() {
    set({ viewer: undefined });
  },
});
