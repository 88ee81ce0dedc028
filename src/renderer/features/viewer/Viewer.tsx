// One photo in full: the original, with zoom, the way to its neighbours, its facts at the side.
import {
  ChevronLeft,
  ChevronRight,
  Copy,
  ExternalLink,
  FolderOpen,
  Info,
  Sparkles,
  X,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useStore } from '../../store/store.ts';
import type { ViewedPhoto } from '../../store/viewerSlice.ts';
import { FactsPanel } from './FactsPanel.tsx';
import { ZoomableImage } from './ZoomableImage.tsx';
import './Viewer.css';

export function Viewer() {
  const viewer = useStore((store) => store.viewer);
  const photo = viewer?.photos[viewer.index];
  return photo ? <OpenViewer photo={photo} /> : null;
}

function OpenViewer({ photo }: { readonly photo: ViewedPhoto }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { closeViewer, showInViewer, go, tellError } = useStore.getState();
  const index = useStore((store) => store.viewer?.index ?? 0);
  const count = useStore((store) => store.viewer?.photos.length ?? 0);
  const [showsFacts, setShowsFacts] = useState(true);
  const { host } = bridge;
  const { id, name } = photo.tile;

  useEffect(() => {
    const element = dialog.current;
    // The dialog gives the focus back to the photo that it was opened from.
    element?.showModal();
    return () => element?.close();
  }, []);
  usePreloaded(index);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowLeft') showInViewer(index - 1);
    else if (event.key === 'ArrowRight') showInViewer(index + 1);
    else if (event.key === 'i') setShowsFacts(!showsFacts);
    else return;
    event.preventDefault();
  };
  const similar = () => {
    closeViewer();
    go('search', { similar: String(id) });
  };

  return (
    <dialog
      ref={dialog}
      className={showsFacts ? 'viewer viewer-with-facts' : 'viewer'}
      aria-label={name}
      onKeyDown={onKeyDown}
      onCancel={closeViewer}
    >
      <header className="viewer-bar">
        <IconButton icon={X} label="Close" onClick={closeViewer} />
        <span className="viewer-name">{name}</span>
        <span className="viewer-place number">
          {index + 1} / {count}
        </span>
        <IconButton icon={Sparkles} label="Find similar" onClick={similar} />
        {host && (
          <>
            <IconButton
              icon={FolderOpen}
              label="Show in folder"
              onClick={() => host.call('reveal', { photo: id }).catch(tellError)}
            />
            <IconButton
              icon={ExternalLink}
              label="Open with another program"
              onClick={() => host.call('open', { photo: id }).catch(tellError)}
            />
            <IconButton
              icon={Copy}
              label="Copy the picture"
              onClick={() => host.call('copy', { photo: id }).catch(tellError)}
            />
          </>
        )}
        <IconButton
          icon={Info}
          label="Facts"
          aria-pressed={showsFacts}
          onClick={() => setShowsFacts(!showsFacts)}
        />
      </header>
      <div className="viewer-photo">
        <ZoomableImage key={id} tile={photo.tile} />
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
    </dialog>
  );
}

/** The neighbours' originals are on their way before one asks for them. */
function usePreloaded(index: number): void {
  const photos = useStore((store) => store.viewer?.photos);
  useEffect(() => {
    for (const neighbour of [photos?.[index + 1], photos?.[index - 1]]) {
      if (neighbour) new Image().src = bridge.originalUrl(neighbour.tile.id);
    }
  }, [photos, index]);
}
