// Photos for the tests of the grid.
import type { PhotoTile, Timeline } from '../../../src/shared/library.ts';

export function tile(id: number, month = '2024-03', more: Partial<PhotoTile> = {}): PhotoTile {
  return {
    id,
    name: `IMG_${id}.jpg`,
    sha256: 'a'.repeat(64),
    date: `${month}-14T15:32:10`,
    width: 3000,
    height: 2000,
    state: 'indexed',
    online: true,
    ...more,
  };
}

/** Ids from `from` on. */
export function tiles(count: number, from: number, month?: string): PhotoTile[] {
  return Array.from({ length: count }, (_, i) => tile(from + i, month));
}

export function timelineOf(months: Readonly<Record<string, number>>): Timeline {
  const entries = Object.entries(months).map(([month, photos]) => ({ month, photos }));
  return { photos: entries.reduce((sum, { photos }) => sum + photos, 0), months: entries };
}
