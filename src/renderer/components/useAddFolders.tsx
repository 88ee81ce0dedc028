// Adding folders: the system's dialog where there is one, a field for a path in a browser.
import { type ReactNode, useState } from 'react';
import { bridge } from '../bridge/bridge.ts';
import { useStore } from '../store/store.ts';
import { beginIndexing, photosPlaceholder } from './beginIndexing.ts';
import { FolderPathDialog } from './FolderPathDialog.tsx';

export interface AddFolders {
  addFolders(): void;
  /** To be rendered; undefined while nothing is asked. */
  readonly dialog: ReactNode;
}

export function useAddFolders(): AddFolders {
  const [isAsking, setAsking] = useState(false);
  const { index, tellError } = useStore.getState();
  const { host } = bridge;
  const addFolders = () => {
    if (!host) {
      setAsking(true);
      return;
    }
    host.call('chooseFolders', {}).then(({ folders }) => {
      if (folders.length > 0) index(folders);
    }, tellError);
  };
  const dialog = isAsking && (
    <FolderPathDialog
      title="Add a folder"
      placeholder={photosPlaceholder}
      take={beginIndexing}
      onClose={() => setAsking(false)}
    />
  );
  return { addFolders, dialog };
}
