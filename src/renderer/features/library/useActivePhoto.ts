// The one photo that Tab reaches, moved by keys; the window follows it. It may lead into a month that
// is not loaded: the focus arrives there when the month does.
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { firstSpotAt } from './gridLines.ts';
import { type Spot, topOf } from './gridSteps.ts';
import { type Geometry, headingHeight, type Section } from './timelineGeometry.ts';

interface ActivePhoto {
  readonly month: string;
  readonly id: number;
}

export interface Activity {
  readonly spot: Spot | undefined;
  readonly id: number | undefined;
  /** A photo that was clicked: it has the focus already. */
  touch(photo: ActivePhoto): void;
  /** Goes there, with the window and the focus. */
  moveTo(target: Spot | ActivePhoto): void;
}

export function useActivePhoto(
  scroller: RefObject<HTMLElement | null>,
  geometry: Geometry | undefined,
): Activity {
  const [active, setActive] = useState<ActivePhoto>();
  const [target, setTarget] = useState<Spot | ActivePhoto>();
  /** The photo that is to have the focus as soon as it is on the page. */
  const awaited = useRef<number>(undefined);
  const spot = (active && spotOf(geometry, active)) ?? firstInWindow(geometry, scroller.current);
  const id = spot && photoAt(geometry, spot)?.id;

  useLayoutEffect(() => {
    if (!target || !geometry || !scroller.current) return;
    const place = spotOf(geometry, target);
    const section = sectionOf(geometry, target.month);
    if (section?.photos && !place) setTarget(undefined);
    reveal(scroller.current, geometry, place ?? { month: target.month, index: 0 });
    const tile = place && photoAt(geometry, place);
    if (!tile) return;
    setActive({ month: target.month, id: tile.id });
    setTarget(undefined);
    awaited.current = tile.id;
  }, [target, geometry, scroller]);

  useLayoutEffect(() => {
    if (awaited.current === undefined) return;
    const selector = `[data-photo="${awaited.current}"]`;
    const element = scroller.current?.querySelector<HTMLElement>(selector);
    if (!element) return;
    awaited.current = undefined;
    element.focus({ preventScroll: true });
  });

  const touch = useCallback((photo: ActivePhoto) => setActive(photo), []);
  const moveTo = useCallback((next: Spot | ActivePhoto) => setTarget(next), []);
  return { spot, id, touch, moveTo };
}

function sectionOf(geometry: Geometry | undefined, month: string): Section | undefined {
  return geometry?.sections.find((section) => section.month === month);
}

function photoAt(geometry: Geometry | undefined, { month, index }: Spot) {
  return sectionOf(geometry, month)?.photos?.[index];
}

/** Undefined where the photo is not loaded or no longer there. */
function spotOf(geometry: Geometry | undefined, place: Spot | ActivePhoto): Spot | undefined {
  if ('index' in place) return place;
  const photos = sectionOf(geometry, place.month)?.photos;
  const index = photos?.findIndex(({ id }) => id === place.id) ?? -1;
  return index < 0 ? undefined : { month: place.month, index };
}

function firstInWindow(
  geometry: Geometry | undefined,
  element: HTMLElement | null,
): Spot | undefined {
  return geometry && firstSpotAt(geometry, element?.scrollTop ?? 0);
}

const air = 12;

/** Scrolls no further than needed for the row to be whole in the window, below the heading. */
function reveal(element: HTMLElement, geometry: Geometry, spot: Spot): void {
  const top = topOf(geometry, spot);
  if (top === undefined) return;
  const rows = sectionOf(geometry, spot.month)?.layout?.rows;
  const height = rows?.findLast(({ first }) => first <= spot.index)?.height ?? 0;
  if (top - headingHeight < element.scrollTop) {
    element.scrollTop = top - headingHeight;
  } else if (top + height + air > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + height + air - element.clientHeight;
  }
}
