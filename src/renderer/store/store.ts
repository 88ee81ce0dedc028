// The one store, made of slices; each feature brings its own.
import { create } from 'zustand';
import { createEngineSlice, type EngineSlice } from './engineSlice.ts';
import { createNavigationSlice, type NavigationSlice } from './navigationSlice.ts';
import { createSelectionSlice, type SelectionSlice } from './selectionSlice.ts';
import { createTuningSlice, type TuningSlice } from './tuningSlice.ts';
import { createViewerSlice, type ViewerSlice } from './viewerSlice.ts';

export type Store = EngineSlice & NavigationSlice & SelectionSlice & TuningSlice & ViewerSlice;

export const useStore = create<Store>()((...api) => ({
  ...createEngineSlice(...api),
  ...createNavigationSlice(...api),
  ...createSelectionSlice(...api),
  ...createTuningSlice(...api),
  ...createViewerSlice(...api),
}));
