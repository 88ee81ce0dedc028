// Where the arrow keys lead in rows of photos of different widths.
import type { TimelineRow } from './timelineRows.ts';

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown';

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

const rowsPerPage = 4;

type PhotoRow = Extract<TimelineRow, { kind: 'photos' }>;

export function stepOf({ key }: { readonly key: string }): Step | undefined {
  return steps[key];
}

/** The photo that a step leads to; undefined where there is none, or `from` is not in the rows. */
export function neighbourOf(
  rows: readonly TimelineRow[],
  from: number,
  step: Step,
): number | undefined {
  const photos = rows.filter((row) => row.kind === 'photos');
  if (step === 'first') return photos[0]?.tiles[0]?.tile.id;
  if (step === 'last') return photos.at(-1)?.tiles.at(-1)?.tile.id;
  const index = photos.findIndex((row) => row.tiles.some(({ tile }) => tile.id === from));
  const row = photos[index];
  if (!row) return undefined;
  const place = row.tiles.findIndex(({ tile }) => tile.id === from);
  if (step === 'left') {
    return (row.tiles[place - 1] ?? photos[index - 1]?.tiles.at(-1))?.tile.id;
  }
  if (step === 'right') return (row.tiles[place + 1] ?? photos[index + 1]?.tiles[0])?.tile.id;
  const distance = { up: -1, down: 1, pageUp: -rowsPerPage, pageDown: rowsPerPage }[step];
  const target = photos[Math.min(photos.length - 1, Math.max(0, index + distance))];
  return target && nearest(target, middleOf(row, place));
}

/** Pixels from the left. */
function middleOf(row: PhotoRow, place: number): number {
  const before = row.tiles.slice(0, place).reduce((sum, { width }) => sum + width, 0);
  return before + (row.tiles[place]?.width ?? 0) / 2;
}

function nearest(row: PhotoRow, x: number): number | undefined {
  const distances = row.tiles.map((_, place) => Math.abs(middleOf(row, place) - x));
  return row.tiles[distances.indexOf(Math.min(...distances))]?.tile.id;
}
