// A picture that is dropped or pasted anywhere in the window becomes the query.
import { useEffect, useState } from 'react';
import { useStore } from '../../store/store.ts';
import { usePicture } from './queryPicture.ts';
import './PictureDrop.css';

export function PictureDrop() {
  const isDropping = usePictureInput();
  if (!isDropping) return null;
  return <p className="picture-drop">Drop a picture to find what looks like it</p>;
}

/** @returns whether something is being dragged over the window that may be a picture */
function usePictureInput(): boolean {
  const [isDropping, setDropping] = useState(false);
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    document.addEventListener(
      'paste',
      (event) => {
        const files = event.clipboardData?.files;
        if (!files?.length) return;
        event.preventDefault();
        takeFirst(files);
      },
      { signal },
    );
    document.addEventListener(
      'dragover',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
        setDropping(true);
      },
      { signal },
    );
    document.addEventListener(
      'dragleave',
      // Not where the pointer has only gone on to something inside.
      ({ relatedTarget }) => relatedTarget === null && setDropping(false),
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setDropping(false);
        if (event.dataTransfer) takeFirst(event.dataTransfer.files);
      },
      { signal },
    );
    return () => listeners.abort();
  }, []);
  return isDropping;
}

function takeFirst(files: FileList): void {
  const { tell, go, place, closeViewer } = useStore.getState();
  const picture = [...files].find((file) => file.type.startsWith('image/'));
  if (!picture) {
    tell({ text: 'That is no picture.', wayOut: 'Drop or paste a JPEG, PNG, WebP or the like.' });
    return;
  }
  usePicture
    .getState()
    .take(picture)
    .then(() => {
      closeViewer();
      const isSearch = place.page === 'search';
      // It takes the place of a photo whose likes were looked for; words and filters stay.
      const { similar: _replaced, ...rest } = isSearch ? place.parameters : {};
      go('search', rest, { replace: isSearch });
    })
    .catch((error: unknown) => {
      tell({ text: error instanceof Error ? error.message : String(error) });
    });
}
