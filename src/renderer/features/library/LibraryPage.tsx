// All photos by date.

import { useStore } from '../../store/store.ts';
import { useAddFolders } from '../welcome/useAddFolders.tsx';
import { GridToolbar } from './GridToolbar.tsx';
import { NoPhotos } from './NoPhotos.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { rowHeights, useTileSize } from './useTileSize.ts';

export function LibraryPage() {
  const photos = useStore((store) => store.status?.eligible);
  const [size, setSize] = useTileSize();
  const { addFolders, dialog } = useAddFolders();
  return (
    <>
      <GridToolbar
        title="Library"
        photos={photos}
        size={size}
        onSize={setSize}
        onAddFolders={addFolders}
      />
      <PhotoGrid rowHeight={rowHeights[size]} empty={<NoPhotos />} />
      {dialog}
    </>
  );
}
