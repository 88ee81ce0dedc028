// What clicks and drags on photos mean, wherever photos are shown. A photo is told by `data-photo`,
// its mark by `data-check`.
import type { DragEvent, MouseEvent } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';

export function photoIdOf(target: EventTarget | null): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const id = target.closest<HTMLElement>('[data-photo]')?.dataset['photo'];
  return id === undefined ? undefined : Number(id);
}

export function clickMeaning(
  { shiftKey, ctrlKey, metaKey, target }: MouseEvent,
  isSelecting: boolean,
): 'open' | 'toggle' | 'extend' {
  if (shiftKey) return 'extend';
  if (ctrlKey || metaKey || isCheck(target)) return 'toggle';
  // Once one is selected, clicks select more, as one who is choosing means to.
  return isSelecting ? 'toggle' : 'open';
}

/** Drags the photo's file out of the window, with all that are selected if it is one of them. */
export function startPhotoDrag(event: DragEvent): void {
  const photo = photoIdOf(event.target);
  if (photo === undefined || !bridge.host) return;
  // The system drags the files themselves, which the page cannot.
  event.preventDefault();
  const { selected, tellError } = useStore.getState();
  const photos = selected.has(photo) ? [...selected] : [photo];
  bridge.host.call('startDrag', { photos }).catch(tellError);
}

function isCheck(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-check]') !== null;
}
