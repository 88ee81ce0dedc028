// Takes what is dropped anywhere in the window, and says what will come of it while it is dragged.
import { useEffect, useState } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { takePicture } from '../search/takePicture.ts';
import { type DropMeaning, dropMeaning, folderOf, invitations } from './dropMeaning.ts';
import './WindowDrop.css';

/** @param canSearch whether there is a library to look in */
export function WindowDrop({ canSearch }: { readonly canSearch: boolean }) {
  const meaning = useWindowDrop(canSearch);
  if (meaning === 'nothing') return null;
  return (
    <p className="window-drop" role="status">
      {invitations[meaning]}
    </p>
  );
}

/** @returns what is being dragged over the window */
function useWindowDrop(canSearch: boolean): DropMeaning {
  const [meaning, setMeaning] = useState<DropMeaning>('nothing');
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const onDrag = (event: DragEvent, isDrop: boolean) => {
      const { dataTransfer } = event;
      if (!dataTransfer?.types.includes('Files')) return;
      // Else the browser would open it.
      event.preventDefault();
      const tellsPaths = bridge.host !== undefined;
      const next = dropMeaning(dataTransfer.items, { tellsPaths, canSearch });
      dataTransfer.dropEffect = next === 'nothing' ? 'none' : 'copy';
      setMeaning(isDrop ? 'nothing' : next);
      if (isDrop) take(dataTransfer, next);
    };
    document.addEventListener('dragover', (event) => onDrag(event, false), { signal });
    document.addEventListener('drop', (event) => onDrag(event, true), { signal });
    document.addEventListener(
      'dragleave',
      // Not where the pointer has only gone on to something inside.
      ({ relatedTarget }) => relatedTarget === null && setMeaning('nothing'),
      { signal },
    );
    return () => listeners.abort();
  }, [canSearch]);
  return meaning;
}

function take(dropped: DataTransfer, meaning: DropMeaning): void {
  const { index, tell } = useStore.getState();
  if (meaning === 'picture') {
    takePicture(dropped.files);
    return;
  }
  const folders = meaning === 'nothing' ? [] : foldersIn(dropped);
  if (folders.length > 0) {
    index(folders);
    return;
  }
  const wayOut = bridge.host ? 'Drop folders or photographs.' : 'Folders are added by their path.';
  tell({ text: 'Nothing of that can be added.', wayOut });
}

/** The folders among them; where there are none, those that the photographs lie in. */
function foldersIn({ items }: DataTransfer): string[] {
  const entries = [...items].flatMap((item) => {
    const file = item.getAsFile();
    const path = file ? (bridge.host?.pathOfFile(file) ?? '') : '';
    const isFolder = item.webkitGetAsEntry()?.isDirectory === true;
    return path === '' ? [] : [{ path, isFolder, isPicture: item.type.startsWith('image/') }];
  });
  const folders = entries.filter(({ isFolder }) => isFolder).map(({ path }) => path);
  const pictures = entries.filter(({ isPicture }) => isPicture).map(({ path }) => folderOf(path));
  return folders.length > 0 ? folders : [...new Set(pictures)];
}
