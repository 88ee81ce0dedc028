// What clicks, keys and drags mean in the grid.
import type { KeyboardEvent, MouseEvent } from 'react';
import { useStore } from '../../store/store.ts';
import { clickMeaning, photoIdOf, startPhotoDrag } from '../selection/photoGestures.ts';
import { useSelectionKeys } from '../selection/useSelectionKeys.ts';
import { stepFrom } from './gridSteps.ts';
import type { Geometry } from './timelineGeometry.ts';
import type { Activity } from './useActivePhoto.ts';
import type { GridSelection } from './useGridSelection.ts';

interface Grid {
  readonly geometry: Geometry | undefined;
  readonly active: Activity;
  readonly selection: GridSelection;
  open(photo: number, month: string): void;
  readonly windowHeight: number;
}

export function useGridInput({ geometry, active, selection, open, windowHeight }: Grid) {
  useSelectionKeys(selection);

  function onClick(event: MouseEvent): void {
    const photo = photoOf(event.target);
    if (!photo) return;
    active.touch(photo);
    const meaning = clickMeaning(event, useStore.getState().selected.size > 0);
    if (meaning === 'extend') selection.extendTo(photo.id, photo.month);
    else if (meaning === 'toggle') selection.toggle(photo.id);
    else open(photo.id, photo.month);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const photo = photoOf(event.target);
    if (!photo || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') open(photo.id, photo.month);
    else if (event.key === ' ') selection.toggle(photo.id);
    else if (!move(event)) return;
    event.preventDefault();
  }

  function move({ key, shiftKey }: KeyboardEvent): boolean {
    if (!geometry || !active.spot) return false;
    const next = stepFrom(geometry, active.spot, key, windowHeight);
    if (!next) return key.startsWith('Arrow');
    active.moveTo(next);
    const section = geometry.sections.find(({ month }) => month === next.month);
    const tile = section?.photos?.[next.index];
    if (shiftKey && tile) selection.extendTo(tile.id, next.month);
    return true;
  }

  return { onClick, onKeyDown, onDragStart: startPhotoDrag };
}

function photoOf(target: EventTarget): { id: number; month: string } | undefined {
  const id = photoIdOf(target);
  if (id === undefined || !(target instanceof Element)) return undefined;
  const month = target.closest<HTMLElement>('[data-month]')?.dataset['month'];
  return month === undefined ? undefined : { id, month };
}
