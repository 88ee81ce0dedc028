// A picture from outside the library becomes the query: dropped, or pasted anywhere in the window.
import { useEffect } from 'react';
import { useStore } from '../../store/store.ts';
import { usePicture } from './queryPicture.ts';

/** Takes the first that is a picture. */
export function takePicture(files: Iterable<File>): void {
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

export function usePastedPictures(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const onPaste = (event: ClipboardEvent) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      takePicture(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [isActive]);
}
