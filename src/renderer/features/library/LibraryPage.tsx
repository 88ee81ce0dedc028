// All photos by date.

import { useAddFolders } from '../../components/useAddFolders.tsx';
import { useStore } from '../../store/store.ts';
import { GridToolbar } from './GridToolbar.tsx';
import { NoPhotos } from './NoPhotos.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { usePhotoMonths } from './usePhotoMonths.ts';
import { useTileSize } from './useTileSize.ts';

export function LibraryPage() {
  const { months, state } = usePhotoMonths();
  const isRunning = useStore((store) => store.progress !== undefined);
  const [size, setSize] = useTileSize();
  const { addFolders, dialog } = useAddFolders();
  return (
    <>
      <GridToolbar
        title="Library"
        photos={state.timeline?.photos}
        size={size}
        onSize={setSize}
        onAddFolders={addFolders}
      />
      {state.timeline?.photos === 0 ? (
        <NoPhotos isRunning={isRunning} onAddFolders={addFolders} />
      ) : (
        <PhotoGrid months={months} state={state} size={size} label="Photos by month" />
      )}
      {dialog}
    </>
  );
}
