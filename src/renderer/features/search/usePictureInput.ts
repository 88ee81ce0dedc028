// Takes pictures that are dropped on the page or pasted anywhere in it.
import { type DragEvent, useEffect, useState } from 'react';
import { useStore } from '../../store/store.ts';
import { usePicture } from './queryPicture.ts';

interface PictureInput {
  readonly isDropping: boolean;
  onDragOver(event: DragEvent): void;
  onDragLeave(event: DragEvent): void;
  onDrop(event: DragEvent): void;
}

export function usePictureInput(): PictureInput {
  const [isDropping, setDropping] = useState(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      takeFirst(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  return {
    isDropping,
    onDragOver(event) {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDropping(true);
    },
    onDragLeave(event) {
      const { relatedTarget, currentTarget } = event;
      if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
      setDropping(false);
    },
    onDrop(event) {
      event.preventDefault();
      setDropping(false);
      takeFirst(event.dataTransfer.files);
    },
  };
}

function takeFirst(files: FileList): void {
  const { tell, go, place } = useStore.getState();
  const picture = [...files].find((file) => file.type.startsWith('image/'));
  if (!picture) {
    tell({ text: 'That is no picture.', wayOut: 'Drop or paste a JPEG, PNG, WebP or the like.' });
    return;
  }
  usePicture
    .getState()
    .take(picture)
    .then(() => {
      // It takes the place of a photo whose likes were looked for; words and filters stay.
      const { similar: _replaced, ...rest } = place.parameters;
      go('search', rest, { replace: true });
    })
    .catch((error: unknown) => {
      tell({ text: error instanceof Error ? error.message : String(error) });
    });
}
