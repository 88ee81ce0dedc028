// Selecting photos in the grid: one, from one to another, all, whether or not they are loaded.
import { useEffect, useMemo } from 'react';
import { useStore } from '../../store/store.ts';
import { selectionRange } from '../selection/selectionRange.ts';
import type { PhotoMonths } from './photoMonths.ts';

export interface GridSelection {
  toggle(photo: number): void;
  /** Adds what lies between the photo that was selected last and this one. */
  extendTo(photo: number, month: string): void;
  all(): void;
  clear(): void;
}

export function useGridSelection(months: PhotoMonths): GridSelection {
  const selection = useMemo(() => createGridSelection(months), [months]);
  // What cannot be seen any more must not be acted upon.
  useEffect(() => selection.clear, [selection]);
  return selection;
}

function createGridSelection(months: PhotoMonths): GridSelection {
  const { toggle, tellError, clearSelection: clear } = useStore.getState();

  async function idsOf(names: readonly string[]): Promise<number[]> {
    const ids: number[] = [];
    // One after the other: asking for all at once would hold up what shows.
    for (const name of names) ids.push(...(await months.load(name)).map(({ id }) => id));
    return ids;
  }

  async function extend(photo: number, month: string): Promise<void> {
    const { anchor, selected, select } = useStore.getState();
    const { timeline, photos } = months.state();
    const names = timeline?.months.map((entry) => entry.month) ?? [];
    const start = names.findIndex((name) => photos.get(name)?.some(({ id }) => id === anchor));
    const end = names.indexOf(month);
    const from = start < 0 ? end : start;
    const ids = await idsOf(names.slice(Math.min(from, end), Math.max(from, end) + 1));
    select([...selected, ...selectionRange(ids, anchor, photo)], anchor ?? photo);
  }

  async function selectAll(): Promise<void> {
    const names = months.state().timeline?.months.map((entry) => entry.month) ?? [];
    useStore.getState().select(await idsOf(names));
  }

  return {
    toggle,
    clear,
    extendTo: (photo, month) => void extend(photo, month).catch(tellError),
    all: () => void selectAll().catch(tellError),
  };
}
