// One photo in the grid. What it does on a click is up to the grid, which hears of it by
// `data-photo`: thousands of these come and go as one scrolls.
import { CircleSlash, Clock, CloudOff, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { PhotoTile } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { selectionMark } from '../selection/selectionMark.tsx';
import { tileLabel, tileNote } from './tileWords.ts';
import './GridTile.css';

interface GridTileProps {
  readonly tile: PhotoTile;
  readonly left: number;
  readonly width: number;
  readonly isSelected: boolean;
  /** The one that Tab reaches. */
  readonly isActive: boolean;
}

export const GridTile = memo(function GridTile(props: GridTileProps) {
  const { tile, left, width, isSelected, isActive } = props;
  const { sha256 } = tile;
  const note = tileNote(tile);
  // Thousands wait during a first run: they are marked faintly.
  const isWaiting = sha256 === null && tile.state === 'pending' && tile.online;
  return (
    <div
      role="gridcell"
      className="grid-tile selectable"
      data-photo={tile.id}
      style={{ left, width }}
      tabIndex={isActive ? 0 : -1}
      aria-label={tileLabel(tile)}
      aria-selected={isSelected}
      draggable={bridge.host !== undefined}
    >
      {sha256 && (
        <img
          key={sha256}
          className="grid-tile-image"
          src={bridge.thumbnailUrl(sha256)}
          alt=""
          decoding="async"
          draggable={false}
          // A thumbnail that was cleared leaves the tile plain; the browser's sign of a broken picture
          // would say that the photo is.
          onError={(event) => {
            event.currentTarget.hidden = true;
          }}
        />
      )}
      {!sha256 && !isWaiting && <span className="grid-tile-name">{tile.name}</span>}
      {selectionMark}
      {note && (
        <span
          className={isWaiting ? 'grid-tile-waiting' : 'grid-tile-note'}
          title={note}
          aria-hidden="true"
        >
          <NoteIcon tile={tile} />
        </span>
      )}
    </div>
  );
});

function NoteIcon({ tile }: { readonly tile: PhotoTile }) {
  if (tile.state === 'failed') return <TriangleAlert size={15} />;
  if (tile.state === 'skipped') return <CircleSlash size={15} />;
  if (!tile.online) return <CloudOff size={15} />;
  return <Clock size={15} />;
}
