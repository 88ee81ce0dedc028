// What clicks, keys and drags mean in the grid.
import { type DragEvent, type KeyboardEvent, type MouseEvent, useEffect } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
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
  useWindowKeys(selection);

  function onClick(event: MouseEvent): void {
    const photo = photoOf(event.target);
    if (!photo) return;
    active.touch(photo);
    if (event.shiftKey) selection.extendTo(photo.id, photo.month);
    else if (event.ctrlKey || event.metaKey || isCheck(event.target)) selection.toggle(photo.id);
    // Once one is selected, clicks select more, as one who is choosing means to.
    else if (useStore.getState().selected.size > 0) selection.toggle(photo.id);
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

  function onDragStart(event: DragEvent): void {
    const photo = photoOf(event.target);
    if (!photo || !bridge.host) return;
    // The system drags the files themselves, which the page cannot.
    event.preventDefault();
    const { selected, tellError } = useStore.getState();
    const photos = selected.has(photo.id) ? [...selected] : [photo.id];
    bridge.host.call('startDrag', { photos }).catch(tellError);
  }

  return { onClick, onKeyDown, onDragStart };
}

/** Wherever the focus is on the page, as long as it is not in a text. */
function useWindowKeys(selection: GridSelection): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      if (target instanceof Element && target.closest('input, textarea, select, dialog')) return;
      const { viewer, selected } = useStore.getState();
      if (viewer || event.defaultPrevented) return;
      if (event.key === 'Escape' && selected.size > 0) selection.clear();
      else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) selection.all();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [selection]);
}

function photoOf(target: EventTarget): { id: number; month: string } | undefined {
  if (!(target instanceof Element)) return undefined;
  const id = target.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
  const month = target.closest<HTMLElement>('[data-month]')?.dataset['month'];
  return id === undefined || month === undefined ? undefined : { id: Number(id), month };
}

function isCheck(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-check]') !== null;
}
