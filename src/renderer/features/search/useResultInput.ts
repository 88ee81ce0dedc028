// What clicks, keys and drags mean among the photos found; the same as in the library.
import type { FocusEvent, KeyboardEvent, MouseEvent } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { useStore } from '../../store/store.ts';
import { clickMeaning, photoIdOf, startPhotoDrag } from '../selection/photoGestures.ts';
import type { Box } from './gridNeighbour.ts';
import type { ResultFocus } from './useResultFocus.ts';
import type { ResultSelection } from './useResultSelection.ts';
import { focusSearchField } from './useSearchShortcut.ts';

interface ResultInput {
  readonly shown: readonly Hit[];
  /** Where each of them lies. */
  readonly boxes: readonly Box[];
  readonly focus: ResultFocus;
  readonly selection: ResultSelection;
  open(index: number): void;
}

export function useResultInput({ shown, boxes, focus, selection, open }: ResultInput) {
  const indexOf = (photo: number | undefined) => shown.findIndex((hit) => hit.photo === photo);
  const isSelecting = () => useStore.getState().selected.size > 0;

  function onClick(event: MouseEvent): void {
    const photo = photoIdOf(event.target);
    const index = indexOf(photo);
    if (photo === undefined || index < 0) return;
    const meaning = clickMeaning(event, isSelecting());
    if (meaning === 'extend') selection.extendTo(photo);
    else if (meaning === 'toggle') selection.toggle(photo);
    else open(index);
  }

  /** By a click, a key, or whatever helps somebody who cannot see: it stays drawn from here on. */
  function onFocus(event: FocusEvent): void {
    const index = indexOf(photoIdOf(event.target));
    if (index >= 0) focus.setCurrent(index);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const photo = photoIdOf(event.target);
    if (photo === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      // What is selected is let go first; see useSelectionKeys.
      if (isSelecting()) return;
      focusSearchField();
    } else if (event.key === 'Enter') open(indexOf(photo));
    else if (event.key === ' ') selection.toggle(photo);
    else {
      move(event, photo);
      return;
    }
    event.preventDefault();
  }

  function move(event: KeyboardEvent, from: number): void {
    const next = focus.move(event, boxes);
    const photo = next === undefined ? undefined : shown[next]?.photo;
    if (!event.shiftKey || photo === undefined) return;
    const { anchor, select, selected } = useStore.getState();
    if (anchor === undefined) select([...selected, from], from);
    selection.extendTo(photo);
  }

  return { onClick, onFocus, onKeyDown, onDragStart: startPhotoDrag };
}
