// One photo in full: the original, with zoom, the way to its neighbours, its facts at the side.
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { Messages } from '../../components/Messages.tsx';
import { useStore } from '../../store/store.ts';
import type { ViewedPhoto } from '../../store/viewerSlice.ts';
import { FactsPanel } from './FactsPanel.tsx';
import { useShowsFacts } from './useShowsFacts.ts';
import { ViewerBar } from './ViewerBar.tsx';
import { ZoomableImage } from './ZoomableImage.tsx';
import './Viewer.css';

export function Viewer() {
  const viewer = useStore((store) => store.viewer);
  const photo = viewer?.photos[viewer.index];
  return photo ? <OpenViewer photo={photo} /> : null;
}

function OpenViewer({ photo }: { readonly photo: ViewedPhoto }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const closeViewer = useStore((store) => store.closeViewer);
  const showInViewer = useStore((store) => store.showInViewer);
  const index = useStore((store) => store.viewer?.index ?? 0);
  const count = useStore((store) => store.viewer?.photos.length ?? 0);
  const [showsFacts, setShowsFacts] = useShowsFacts();

  // Before anything else of the page reacts to the end: the dialog gives the focus back to where it
  // was, and what has opened the viewer may want it elsewhere.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Not on the first button, whose name would cover the photo.
    element?.focus();
    return () => element?.close();
  }, []);
  useNeighbours(index);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowLeft') showInViewer(index - 1);
    else if (event.key === 'ArrowRight') showInViewer(index + 1);
    else if (event.key.toLowerCase() === 'i') setShowsFacts(!showsFacts);
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      className="viewer"
      tabIndex={-1}
      aria-label={`Photo ${photo.tile.name}`}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        closeViewer();
      }}
    >
      <ViewerBar photo={photo} showsFacts={showsFacts} onShowFacts={setShowsFacts} />
      <div className="viewer-photo">
        <ZoomableImage key={photo.tile.id} tile={photo.tile} />
        <IconButton
          className="viewer-step viewer-previous"
          icon={ChevronLeft}
          label="Previous photo"
          disabled={index === 0}
          onClick={() => showInViewer(index - 1)}
        />
        <IconButton
          className="viewer-step viewer-next"
          icon={ChevronRight}
          label="Next photo"
          disabled={index === count - 1}
          onClick={() => showInViewer(index + 1)}
        />
      </div>
      {showsFacts && <FactsPanel photo={photo} />}
      {/* Those of the page lie behind this dialog. */}
      <Messages />
    </dialog>
  );
}

/** The neighbours' originals are on their way before one asks for them, and so are their neighbours. */
function useNeighbours(index: number): void {
  const photos = useStore((store) => store.viewer?.photos);
  const growViewer = useStore((store) => store.growViewer);
  const tellError = useStore((store) => store.tellError);
  const kept = useRef<HTMLImageElement[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every step may come near an end
  useEffect(() => {
    for (const direction of ['after', 'before'] as const) growViewer(direction).catch(tellError);
  }, [photos, index, growViewer, tellError]);

  useEffect(() => {
    const near = [photos?.[index + 1], photos?.[index - 1]];
    kept.current = near.flatMap((neighbour) => {
      if (!neighbour?.tile.online) return [];
      const image = new Image();
      image.src = bridge.originalUrl(neighbour.tile.id);
      return [image];
    });
  }, [photos, index]);
}
