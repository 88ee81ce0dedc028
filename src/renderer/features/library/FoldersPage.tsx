// Photos by folder: the tree at the side, the photos of the chosen folder and all below it beside it.
import { useEffect, useMemo, useState } from 'react';
import type { Folder } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { useAddFolders } from '../welcome/useAddFolders.tsx';
import { FolderTree } from './FolderTree.tsx';
import { findFolder, folderTree } from './folderNodes.ts';
import { GridToolbar } from './GridToolbar.tsx';
import { NoPhotos } from './NoPhotos.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { rowHeights, useTileSize } from './useTileSize.ts';
import './FoldersPage.css';

export function FoldersPage() {
  const version = useStore((store) => store.libraryVersion);
  const status = useStore((store) => store.status);
  const chosen = useStore((store) => store.place.parameters['folder']);
  const { go, tellError } = useStore.getState();
  const [folders, setFolders] = useState<readonly Folder[]>([]);
  const [size, setSize] = useTileSize();
  const { addFolders, dialog } = useAddFolders();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that it is time to ask again.
  useEffect(() => {
    bridge.call('folders', {}).then(setFolders, tellError);
  }, [version, tellError]);

  const roots = useMemo(
    () => folderTree(status?.roots.map((root) => root.path) ?? [], folders),
    [status, folders],
  );
  const offline = new Set(
    status?.roots.filter((root) => root.state === 'offline').map((root) => root.path),
  );
  const current = findFolder(roots, chosen) ?? roots[0];
  return (
    <div className="folders-page">
      <FolderTree
        roots={roots}
        offline={offline}
        chosen={current?.path}
        onChoose={(folder) => go('folders', { folder }, { replace: true })}
      />
      <div className="folders-page-photos">
        <GridToolbar
          title={current?.name ?? 'Folders'}
          photos={current?.photos}
          size={size}
          onSize={setSize}
          onAddFolders={addFolders}
        />
        {current && (
          <PhotoGrid
            key={current.path}
            filter={{ folder: current.path }}
            rowHeight={rowHeights[size]}
            empty={<NoPhotos />}
          />
        )}
      </div>
      {dialog}
    </div>
  );
}
