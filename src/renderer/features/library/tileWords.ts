// A photo in words, for those who cannot see it.
import type { PhotoTile } from '../../../shared/library.ts';

/** Undefined for a photo about which there is nothing to say. */
export function tileNote({ state, online }: PhotoTile): string | undefined {
  if (state === 'failed') return 'could not be read';
  if (state === 'skipped') return 'left out';
  if (!online) return 'its disk is not connected';
  if (state === 'pending') return 'not indexed yet';
  return undefined;
}

export function tileLabel(tile: PhotoTile): string {
  const note = tileNote(tile);
  return [tile.name, formatDay(tile.date), ...(note ? [note] : [])].join(', ');
}

/** '14 March 2024' for '2024-03-14T15:32:10'. */
export function formatDay(date: string): string {
  const [year = 1970, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number);
  return new Date(year, month - 1, day).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}
