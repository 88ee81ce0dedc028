// Where one looks among the photos found: at the best of them when something else is looked for; at
// the same photo when others come or go above it, the one with the focus if that shows.
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { photoIdOf } from '../selection/photoGestures.ts';
import type { Place } from './useResultRows.ts';

interface Layout {
  readonly shown: readonly Hit[];
  readonly places: readonly Place[];
  readonly question: unknown;
}

export function useKeptPlace(
  scroller: RefObject<HTMLElement | null>,
  { shown, places, question }: Layout,
): void {
  const before = useRef<Layout>(undefined);
  useLayoutEffect(() => {
    const old = before.current;
    const now = { shown, places, question };
    before.current = now;
    const element = scroller.current;
    if (!element || !old) return;
    if (old.question !== question) element.scrollTop = 0;
    // At the top one looks at the best, whichever they are.
    else if (element.scrollTop > 0) element.scrollTop += moved(old, now, element);
  }, [scroller, shown, places, question]);
}

/** How far the photo has moved down, in pixels; 0 where it is gone. */
function moved(old: Layout, now: Layout, { scrollTop, clientHeight }: HTMLElement): number {
  const shows = ({ top, height }: Place) =>
    top + height > scrollTop && top < scrollTop + clientHeight;
  const focused = old.shown.findIndex((hit) => hit.photo === photoIdOf(document.activeElement));
  const place = old.places[focused];
  const anchor = place && shows(place) ? focused : old.places.findIndex(shows);
  const photo = old.shown[anchor]?.photo;
  const from = old.places[anchor]?.top;
  const to = now.places[now.shown.findIndex((hit) => hit.photo === photo)]?.top;
  return from === undefined || to === undefined ? 0 : to - from;
}
