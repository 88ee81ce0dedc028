// The original, fitted into its space; wheel, double click and keys zoom, dragging moves it. Until it
// has come the thumbnail stands in, and it stays where a browser cannot show the original (TIFF).
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { PhotoTile } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { fitted, type View, zoomed } from './zoom.ts';
import './ZoomableImage.css';

export function ZoomableImage({ tile }: { readonly tile: PhotoTile }) {
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>(fitted);
  const [original, setOriginal] = useState<'coming' | 'there' | 'cannot'>('coming');
  useWheelZoom(frame, setView);
  useZoomKeys(setView);

  const style: CSSProperties = {
    transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: everything that the mouse does here, keys do too.
    <div
      ref={frame}
      className={view.scale > 1 ? 'zoomable zoomable-zoomed' : 'zoomable'}
      onDoubleClick={(event) => {
        const at = fromMiddle(event.currentTarget, event);
        setView((now) => (now.scale > 1 ? fitted : zoomed(now, 3, at)));
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.buttons !== 1) return;
        const { movementX, movementY } = event;
        setView((now) =>
          now.scale > 1 ? { ...now, x: now.x + movementX, y: now.y + movementY } : now,
        );
      }}
    >
      {tile.sha256 && original !== 'there' && (
        <img
          className="zoomable-image"
          src={bridge.thumbnailUrl(tile.sha256)}
          alt=""
          style={style}
        />
      )}
      {original !== 'cannot' && (
        <img
          className="zoomable-image"
          src={bridge.originalUrl(tile.id)}
          alt={tile.name}
          style={style}
          draggable={false}
          onLoad={() => setOriginal('there')}
          onError={() => setOriginal('cannot')}
        />
      )}
      {original === 'cannot' && (
        <p className="zoomable-note">
          {tile.online
            ? 'This is the thumbnail: the original cannot be shown here. Open it with another program.'
            : 'This is the thumbnail: the disk with the original is not connected.'}
        </p>
      )}
    </div>
  );
}

type SetView = (change: (view: View) => View) => void;

function useWheelZoom(frame: React.RefObject<HTMLElement | null>, setView: SetView): void {
  useEffect(() => {
    const element = frame.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = fromMiddle(event.currentTarget, event);
      setView((now) => zoomed(now, Math.exp(-event.deltaY / 300), at));
    };
    // React listens passively, which would let the wheel scroll the page too.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [frame, setView]);
}

function useZoomKeys(setView: SetView): void {
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === '+' || key === '=') setView((now) => zoomed(now, 1.4));
      else if (key === '-') setView((now) => zoomed(now, 1 / 1.4));
      else if (key === '0') setView(() => fitted);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [setView]);
}

function fromMiddle(
  target: EventTarget | null,
  { clientX, clientY }: { clientX: number; clientY: number },
) {
  const box = target instanceof Element ? target.getBoundingClientRect() : undefined;
  if (!box) return { x: 0, y: 0 };
  return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
}
