// The timeline as rows of known heights: headings, rows of photos, and rows that stand for photos
// which have not been asked for yet. What is on screen follows from that by adding up.
import type { PhotoTile, Timeline } from '../../../shared/library.ts';
import { justifiedRows } from './justifiedRows.ts';

export type TimelineRow =
  | {
      readonly kind: 'month';
      readonly key: string;
      readonly month: string;
      readonly photos: number;
      readonly height: number;
    }
  | {
      readonly kind: 'photos';
      readonly key: string;
      readonly month: string;
      readonly height: number;
      readonly tiles: readonly { readonly tile: PhotoTile; readonly width: number }[];
    }
  | {
      readonly kind: 'waiting';
      readonly key: string;
      readonly month: string;
      readonly height: number;
      /** Photos that the row is likely to hold. */
      readonly photos: number;
    };

export interface TimelineShape {
  /** Pixels there are for a row. */
  readonly width: number;
  readonly rowHeight: number;
  readonly gap: number;
}

export const headingHeight = 56;
/** Most photos are 3:2 or 4:3, some are upright: what a photo takes of a row before it is known. */
const usualAspect = 1.3;

/** @param loaded the photos of the months that have been asked for. */
export function timelineRows(
  timeline: Timeline,
  loaded: ReadonlyMap<string, readonly PhotoTile[]>,
  shape: TimelineShape,
): TimelineRow[] {
  return timeline.months.flatMap(({ month, photos }) => {
    const heading = { kind: 'month', key: month, month, photos, height: headingHeight } as const;
    const tiles = loaded.get(month);
    const rows = tiles ? photoRows(month, tiles, shape) : waitingRows(month, photos, shape);
    return [heading, ...rows];
  });
}

function photoRows(
  month: string,
  tiles: readonly PhotoTile[],
  shape: TimelineShape,
): TimelineRow[] {
  return justifiedRows(tiles, shape).map((row, i) => ({
    kind: 'photos',
    key: `${month}/${i}`,
    month,
    height: row.height + shape.gap,
    tiles: row.tiles.flatMap(({ index, width }) => {
      const tile = tiles[index];
      return tile ? [{ tile, width }] : [];
    }),
  }));
}

function waitingRows(month: string, photos: number, shape: TimelineShape): TimelineRow[] {
  const perRow = Math.max(1, Math.floor(shape.width / (usualAspect * shape.rowHeight)));
  const rows = Math.ceil(photos / perRow);
  return Array.from({ length: rows }, (_, i) => ({
    kind: 'waiting',
    key: `${month}/${i}`,
    month,
    height: shape.rowHeight + shape.gap,
    photos: Math.min(perRow, photos - i * perRow),
  }));
}

/** Where each row begins, in pixels from the top; one more entry for the end. */
export function offsetsOf(rows: readonly { readonly height: number }[]): Float64Array {
  const offsets = new Float64Array(rows.length + 1);
  for (const [i, { height }] of rows.entries()) offsets[i + 1] = (offsets[i] ?? 0) + height;
  return offsets;
}

/** The last row that begins at or above `y`. */
export function rowAt(offsets: Float64Array, y: number): number {
  let [low, high] = [0, Math.max(0, offsets.length - 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}
