// Folders dropped on the page. Only a desktop tells where they lie.
import { type DragEvent, useState } from 'react';
import { bridge } from '../../bridge/bridge.ts';

export function useFolderDrop(onFolders: (folders: string[]) => void) {
  const [isOver, setOver] = useState(false);

  function onDragOver(event: DragEvent): void {
    if (!bridge.host || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  }

  function onDragLeave(event: DragEvent): void {
    // Not where the pointer has only gone on to something inside.
    const { relatedTarget, currentTarget } = event;
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const folders = foldersOf(event.dataTransfer);
    if (folders.length > 0) onFolders(folders);
  }

  return { isOver, handlers: { onDragOver, onDragLeave, onDrop } };
}

function foldersOf({ items }: DataTransfer): string[] {
  const { host } = bridge;
  if (!host) return [];
  return [...items].flatMap((item) => {
    const file = item.webkitGetAsEntry()?.isDirectory ? item.getAsFile() : null;
    const path = file ? host.pathOfFile(file) : '';
    return path === '' ? [] : [path];
  });
}
