// Which of the photos found Tab reaches, and where the arrows lead from there. It is remembered by the
// photo, as results come and go around it.
import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { photoIdOf } from '../selection/photoGestures.ts';
import { type Box, gridNeighbour } from './gridNeighbour.ts';
import { focusSearchField } from './useSearchShortcut.ts';

export interface ResultFocus {
  setCurrent(index: number): void;
  /** Goes there, with the window and the focus. */
  focus(index: number): void;
  /** The photo that the arrow leads to; undefined where it leads to none. */
  move(event: KeyboardEvent, boxes: readonly Box[]): number | undefined;
}

interface Place {
  readonly photo: number | undefined;
  readonly index: number;
  readonly subject: unknown;
}

/**
 * The index of the photo that Tab reaches, and what moves it.
 * @param subject when it changes, the first photo is the one again
 */
export function useResultFocus(
  list: RefObject<HTMLElement | null>,
  shown: readonly Hit[],
  subject: unknown,
): [current: number, focus: ResultFocus] {
  const [at, setAt] = useState<Place>({ photo: undefined, index: 0, subject });
  const current = at.subject === subject ? indexOf(shown, at) : 0;
  const goTo = useGoTo(list);

  function setCurrent(index: number): void {
    setAt({ photo: shown[index]?.photo, index, subject });
  }

  function focus(index: number): void {
    setCurrent(index);
    goTo(shown[index]?.photo);
  }

  function move(event: KeyboardEvent, boxes: readonly Box[]): number | undefined {
    const index = shown.findIndex(({ photo }) => photo === photoIdOf(event.target));
    if (index < 0) return undefined;
    const next = gridNeighbour(boxes, index, event.key);
    if (next === undefined) return undefined;
    event.preventDefault();
    if (next === 'above') {
      focusSearchField();
      return undefined;
    }
    focus(next);
    return next;
  }

  return [current, { setCurrent, focus, move }];
}

/** The focus goes to a photo when it is drawn, which one far from the window is only by then. */
function useGoTo(list: RefObject<HTMLElement | null>): (photo: number | undefined) => void {
  const [wanted, setWanted] = useState<{ photo: number }>();
  useLayoutEffect(() => {
    if (!wanted) return;
    const tile = list.current?.querySelector<HTMLElement>(`[data-photo="${wanted.photo}"]`);
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: 'nearest' });
  }, [wanted, list]);
  return useCallback((photo) => {
    if (photo !== undefined) setWanted({ photo });
  }, []);
}

/** Where the photo is gone, the one that has taken its place. */
function indexOf(shown: readonly Hit[], { photo, index }: Place): number {
  const found = photo === undefined ? -1 : shown.findIndex((hit) => hit.photo === photo);
  return found < 0 ? Math.max(0, Math.min(index, shown.length - 1)) : found;
}
