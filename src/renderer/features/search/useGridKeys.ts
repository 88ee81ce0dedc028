// Arrow keys among photos: one of them is reached by Tab, the others by arrows from there.
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { gridNeighbour } from './gridNeighbour.ts';
import { focusSearchField } from './useSearchShortcut.ts';

interface GridKeys {
  /** The photo that Tab reaches. */
  readonly current: number;
  setCurrent(index: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** @param subject when it changes, the first photo is the one again */
export function useGridKeys(
  list: RefObject<HTMLElement | null>,
  count: number,
  subject: unknown,
): GridKeys {
  const [at, setAt] = useState<{ index: number; subject: unknown }>({ index: 0, subject });
  const current = at.subject === subject ? Math.min(at.index, count - 1) : 0;
  const setCurrent = (index: number) => setAt({ index, subject });

  // A photo that was looked at in the viewer keeps its place here when the viewer is left.
  useEffect(() => {
    list.current?.querySelectorAll('button')[current]?.scrollIntoView({ block: 'nearest' });
  }, [list, current]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      focusSearchField();
      return;
    }
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const index = buttons.indexOf(event.target as HTMLButtonElement);
    if (index < 0) return;
    const boxes = buttons.map((button) => button.getBoundingClientRect());
    const next = gridNeighbour(boxes, index, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (next === 'above') {
      focusSearchField();
      return;
    }
    setCurrent(next);
    buttons[next]?.focus();
  }

  return { current, setCurrent, onKeyDown };
}
