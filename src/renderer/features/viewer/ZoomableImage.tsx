// The original, fitted into its space. Until it has come the thumbnail stands in, and it stays where the
// original cannot be shown or the disk is not connected.
import { Maximize, Minus, Plus } from 'lucide-react';
import { type CSSProperties, useRef, useState } from 'react';
import type { PhotoTile } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useZoom } from './useZoom.ts';
import { formatZoom, type Shape } from './zoom.ts';
import './ZoomableImage.css';

export function ZoomableImage({ tile }: { readonly tile: PhotoTile }) {
  const frame = useRef<HTMLDivElement>(null);
  const [loaded, setLoaded] = useState<Shape>();
  const [original, setOriginal] = useState<'coming' | 'there' | 'cannot'>('coming');
  const photo = tile.width > 0 ? tile : (loaded ?? { width: 0, height: 0 });
  const { view, fitted, isEased, canZoomIn, zoomBy, showWhole, handlers } = useZoom(frame, photo);

  const style: CSSProperties = {
    ...fitted,
    transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
  };
  // Shown once it is decoded: what is half there would flash.
  const showOriginal = (image: HTMLImageElement) => {
    setLoaded({ width: image.naturalWidth, height: image.naturalHeight });
    image.decode().then(
      () => setOriginal('there'),
      () => setOriginal('cannot'),
    );
  };

  return (
    <>
      <div
        ref={frame}
        className={view.scale > 1 ? 'zoomable zoomable-zoomed' : 'zoomable'}
        {...handlers}
      >
        <div className={isEased ? 'zoomable-photo zoomable-eased' : 'zoomable-photo'} style={style}>
          {tile.sha256 && original !== 'there' && (
            <img
              src={bridge.thumbnailUrl(tile.sha256)}
              alt={original === 'cannot' ? tile.name : ''}
              draggable={false}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
                setLoaded((known) => known ?? { width, height })
              }
            />
          )}
          {original !== 'cannot' && (
            <img
              className={original === 'there' ? undefined : 'zoomable-coming'}
              src={bridge.originalUrl(tile.id)}
              alt={tile.name}
              draggable={false}
              onLoad={(event) => showOriginal(event.currentTarget)}
              onError={() => setOriginal('cannot')}
            />
          )}
        </div>
      </div>
      {original === 'coming' && <p className="zoomable-note zoomable-late">Loading …</p>}
      {original === 'cannot' && <p className="zoomable-note">{noteOf(tile)}</p>}
      <div className="zoomable-controls" role="group" aria-label="Zoom">
        <IconButton
          icon={Minus}
          label="Zoom out"
          disabled={view.scale <= 1}
          onClick={() => zoomBy(1 / 1.5)}
        />
        <span className="zoomable-percent number">{formatZoom(view, photo, fitted)}</span>
        <IconButton icon={Plus} label="Zoom in" disabled={!canZoomIn} onClick={() => zoomBy(1.5)} />
        <IconButton
          icon={Maximize}
          label="Whole photo"
          disabled={view.scale <= 1}
          onClick={showWhole}
        />
      </div>
    </>
  );
}

function noteOf({ online, sha256 }: PhotoTile): string {
  if (!online) return 'The disk with the original is not connected. This is its thumbnail.';
  if (!sha256) return 'This file cannot be shown here. Open it in another program.';
  return 'The original cannot be shown here. This is its thumbnail.';
}
