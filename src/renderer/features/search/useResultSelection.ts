// Selecting among the photos found: one, from one to another, all that are shown.
import { useEffect, useMemo, useRef } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { useStore } from '../../store/store.ts';
import { selectionRange } from '../selection/selectionRange.ts';
import { useSelectionKeys } from '../selection/useSelectionKeys.ts';

export interface ResultSelection {
  toggle(photo: number): void;
  /** Adds what lies between the photo that was selected last and this one. */
  extendTo(photo: number): void;
  all(): void;
  clear(): void;
}

/** @param subject when it changes, nothing is selected any more */
export function useResultSelection(shown: readonly Hit[], subject: unknown): ResultSelection {
  const latest = useRef(shown);
  latest.current = shown;
  const selection = useMemo(() => createSelection(() => latest.current), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search is another subject
  useEffect(() => selection.clear, [selection, subject]);
  // What cannot be seen any more must not be acted upon.
  useEffect(() => {
    const { selected, select } = useStore.getState();
    const there = new Set(shown.map(({ photo }) => photo));
    const kept = [...selected].filter((photo) => there.has(photo));
    if (kept.length < selected.size) select(kept);
  }, [shown]);
  useSelectionKeys(selection);
  return selection;
}

function createSelection(shown: () => readonly Hit[]): ResultSelection {
  const { toggle, select, clearSelection } = useStore.getState();
  const ids = () => shown().map(({ photo }) => photo);
  return {
    toggle,
    extendTo(photo) {
      const { anchor, selected } = useStore.getState();
      select([...selected, ...selectionRange(ids(), anchor, photo)], anchor ?? photo);
    },
    all: () => select(ids()),
    clear: clearSelection,
  };
}
