// From the grid into the viewer and back: the viewer goes on into further months, and when it is
// left, the grid shows the photo that was looked at last.
import { useEffect, useMemo } from 'react';
import type { PhotoTile } from '../../../shared/library.ts';
import { useStore } from '../../store/store.ts';
import type { MorePhotos } from '../../store/viewerSlice.ts';
import type { PhotoMonths } from './photoMonths.ts';

export function useOpenPhoto(
  months: PhotoMonths,
  onReturn: (photo: { month: string; id: number }) => void,
): (photo: number, month: string) => void {
  const more = useMemo(() => moreFrom(months), [months]);
  useEffect(
    () =>
      useStore.subscribe(({ viewer }, { viewer: before }) => {
        if (viewer || before?.more !== more) return;
        const tile = before.photos[before.index]?.tile;
        if (tile) onReturn({ month: monthOf(tile), id: tile.id });
      }),
    [more, onReturn],
  );
  return (photo, month) => {
    const tiles = months.state().photos.get(month) ?? [];
    const index = tiles.findIndex(({ id }) => id === photo);
    if (index < 0) return;
    useStore.getState().openViewer(
      tiles.map((tile) => ({ tile })),
      index,
      more,
    );
  };
}

function moreFrom(months: PhotoMonths): MorePhotos {
  return async (direction, edge) => {
    const names = months.state().timeline?.months.map(({ month }) => month) ?? [];
    const at = names.indexOf(monthOf(edge));
    const month = at < 0 ? undefined : names[at + (direction === 'after' ? 1 : -1)];
    return month ? (await months.load(month)).map((tile) => ({ tile })) : [];
  };
}

function monthOf({ date }: PhotoTile): string {
  return date.slice(0, 7);
}
