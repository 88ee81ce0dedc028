// Which of the photos found Tab reaches, and where the arrows lead from there. It is remembered by the
// photo, as results come and go around it.
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { photoIdOf } from '../selection/photoGestures.ts';
import { gridNeighbour } from './gridNeighbour.ts';
import { focusSearchField } from './useSearchShortcut.ts';

export interface ResultFocus {
  /** The photo that Tab reaches. */
  readonly current: number;
  setCurrent(index: number): void;
  /** Goes there, with the window and the focus. */
  focus(index: number): void;
  /** The photo that the arrow leads to; undefined where it leads to none. */
  move(event: KeyboardEvent): number | undefined;
}

interface Place {
  readonly photo: number | undefined;
  readonly index: number;
  readonly subject: unknown;
}

/** @param subject when it changes, the first photo is the one again */
export function useResultFocus(
  list: RefObject<HTMLElement | null>,
  shown: readonly Hit[],
  subject: unknown,
): ResultFocus {
  const [at, setAt] = useState<Place>({ photo: undefined, index: 0, subject });
  const current = at.subject === subject ? indexOf(shown, at) : 0;
  const tiles = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-photo]') ?? [])];

  function setCurrent(index: number): void {
    setAt({ photo: shown[index]?.photo, index, subject });
  }

  function focus(index: number): void {
    setCurrent(index);
    const tile = tiles()[index];
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: 'nearest' });
  }

  function move(event: KeyboardEvent): number | undefined {
    const index = shown.findIndex(({ photo }) => photo === photoIdOf(event.target));
    if (index < 0) return undefined;
    const boxes = tiles().map((tile) => tile.getBoundingClientRect());
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

  return { current, setCurrent, focus, move };
}

/** Where the photo is gone, the one that has taken its place. */
function indexOf(shown: readonly Hit[], { photo, index }: Place): number {
  const found = photo === undefined ? -1 : shown.findIndex((hit) => hit.photo === photo);
  return found < 0 ? Math.max(0, Math.min(index, shown.length - 1)) : found;
}
