// Photos by folder: the tree at the side, the photos of the chosen folder and all below it beside it.

import { useAddFolders } from '../../components/useAddFolders.tsx';
import { useStore } from '../../store/store.ts';
import { FolderTree } from './FolderTree.tsx';
import { type FolderNode, pathTo } from './folderNodes.ts';
import { GridToolbar } from './GridToolbar.tsx';
import { NoPhotos } from './NoPhotos.tsx';
import { PhotoGrid } from './PhotoGrid.tsx';
import { useFolders } from './useFolders.ts';
import { usePhotoMonths } from './usePhotoMonths.ts';
import { useTileSize } from './useTileSize.ts';
import './FoldersPage.css';

export function FoldersPage() {
  const wished = useStore((store) => store.place.parameters['folder']);
  const go = useStore((store) => store.go);
  const roots = useFolders();
  if (!roots) return <div className="folders-page" />;
  const current = pathTo(roots, wished).at(-1) ?? roots[0];
  return (
    <div className="folders-page">
      <section className="folders-page-tree" aria-labelledby="folders-page-title">
        <h1 id="folders-page-title">Folders</h1>
        <FolderTree
          roots={roots}
          chosen={current?.path}
          onChoose={(folder) => go('folders', { folder }, { replace: true })}
        />
      </section>
      {current && <FolderPhotos key={current.path} folder={current} />}
    </div>
  );
}

function FolderPhotos({ folder }: { readonly folder: FolderNode }) {
  const { months, state } = usePhotoMonths({ folder: folder.path });
  const isRunning = useStore((store) => store.progress !== undefined);
  const [size, setSize] = useTileSize();
  const { addFolders, dialog } = useAddFolders();
  return (
    <section className="folders-page-photos" aria-labelledby="folder-name">
      <GridToolbar
        title={folder.name}
        titleId="folder-name"
        level={2}
        photos={folder.photos}
        size={size}
        onSize={setSize}
        onAddFolders={addFolders}
      />
      {state.timeline?.photos === 0 ? (
        <NoPhotos isRunning={isRunning} onAddFolders={addFolders} />
      ) : (
        <PhotoGrid months={months} state={state} size={size} label={`Photos in ${folder.name}`} />
      )}
      {dialog}
    </section>
  );
}
