// A photo in the grid: thumbnail, whether it is selected, and what is the matter with it.
import { Check, CloudOff, Hourglass, type LucideIcon, TriangleAlert } from 'lucide-react';
import { type CSSProperties, memo, type PointerEvent } from 'react';
import type { PhotoTile } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import './PhotoCell.css';

export interface PhotoCellProps {
  readonly tile: PhotoTile;
  /** Pixels. */
  readonly width: number;
  readonly isSelected: boolean;
  /** Whether the Tab key lands here. */
  readonly isCurrent: boolean;
  /** Whether a click selects, as something is selected already. */
  readonly isSelecting: boolean;
}

export const PhotoCell = memo(function PhotoCell(props: PhotoCellProps) {
  const { tile, width, isSelected, isCurrent, isSelecting } = props;
  const trouble = troubleOf(tile);
  const size: CSSProperties = { width };
  return (
    <div
      className={isSelecting ? 'photo-cell photo-cell-selecting' : 'photo-cell'}
      role="gridcell"
      aria-selected={isSelected}
      tabIndex={isCurrent ? 0 : -1}
      data-photo={tile.id}
      aria-label={labelOf(tile, trouble?.label)}
      style={size}
    >
      {tile.sha256 && (
        <img
          className="photo-cell-image"
          src={bridge.thumbnailUrl(tile.sha256)}
          alt=""
          decoding="async"
          draggable={false}
        />
      )}
      <span className="photo-cell-check" data-check="" onPointerDown={keepFocus}>
        <Check size={14} strokeWidth={3} aria-hidden="true" />
      </span>
      {trouble && <trouble.icon className="photo-cell-trouble" size={18} aria-hidden="true" />}
    </div>
  );
});

function keepFocus(event: PointerEvent): void {
  event.preventDefault();
}

interface Trouble {
  readonly icon: LucideIcon;
  readonly label: string;
}

function troubleOf({ online, state }: PhotoTile): Trouble | undefined {
  if (!online) return { icon: CloudOff, label: 'its disk is not connected' };
  if (state === 'failed') return { icon: TriangleAlert, label: 'could not be indexed' };
  if (state === 'skipped') return { icon: TriangleAlert, label: 'not indexed' };
  if (state === 'pending') return { icon: Hourglass, label: 'waiting to be indexed' };
  return undefined;
}

function labelOf({ name, date }: PhotoTile, trouble: string | undefined): string {
  const day = new Date(date).toLocaleDateString('en-GB', { dateStyle: 'medium' });
  return [name, day, trouble].filter(Boolean).join(', ');
}
