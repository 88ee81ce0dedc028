// The folders of the library as trees, kept as it changes.
import { useEffect, useMemo, useState } from 'react';
import type { Folder } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { type FolderNode, folderTree } from './folderNodes.ts';

/** Undefined until they are known. */
export function useFolders(): readonly FolderNode[] | undefined {
  const version = useStore((store) => store.libraryVersion);
  const roots = useStore((store) => store.status?.roots);
  const tellError = useStore((store) => store.tellError);
  const [folders, setFolders] = useState<readonly Folder[]>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that it is time to ask again
  useEffect(() => {
    let isCurrent = true;
    bridge.call('folders', {}).then((next) => {
      if (isCurrent) setFolders(next);
    }, tellError);
    return () => {
      isCurrent = false;
    };
  }, [version, tellError]);

  return useMemo(
    () => (folders && roots ? folderTree(roots, folders) : undefined),
    [roots, folders],
  );
}
