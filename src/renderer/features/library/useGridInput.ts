// Mouse and keys in the grid: open, select one, many and ranges, and walk with the arrows.
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PhotoTile } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { neighbourOf, type Step, stepOf } from './gridSteps.ts';
import { rowAt, type TimelineRow } from './timelineRows.ts';

interface GridInputOptions {
  readonly rows: readonly TimelineRow[];
  readonly offsets: Float64Array;
  /** Every photo that is there, in order. */
  readonly tiles: readonly PhotoTile[];
  readonly scroller: RefObject<HTMLDivElement | null>;
}

export function useGridInput({ rows, offsets, tiles, scroller }: GridInputOptions) {
  const { select, toggle, clearSelection, openViewer } = useStore.getState();
  const [focused, setFocused] = useState<number>();
  /** A photo whose cell is to be focused as soon as it is in the page. */
  const wanted = useRef<number>(undefined);

  useEffect(() => {
    if (wanted.current === undefined) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-photo="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = undefined;
    cell.focus({ preventScroll: true });
  });

  const open = (photo: number) => {
    const index = tiles.findIndex((tile) => tile.id === photo);
    if (index < 0) return;
    openViewer(
      tiles.map((tile) => ({ tile })),
      index,
    );
  };
  const selectRange = (photo: number) => {
    const { anchor } = useStore.getState();
    const ends = [anchor ?? photo, photo].map((id) => tiles.findIndex((tile) => tile.id === id));
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    if (from >= 0) select(tiles.slice(from, to + 1).map((tile) => tile.id));
  };
  const goTo = (photo: number) => {
    const row = rows.findIndex(
      (each) => each.kind === 'photos' && each.tiles.some(({ tile }) => tile.id === photo),
    );
    const element = scroller.current;
    if (row < 0 || !element) return;
    const [start = 0, end = 0] = [offsets[row], offsets[row + 1]];
    if (start < element.scrollTop) element.scrollTop = start;
    else if (end > element.scrollTop + element.clientHeight) {
      element.scrollTop = end - element.clientHeight;
    }
    wanted.current = photo;
    setFocused(photo);
  };
  const walk = (step: Step) => {
    const from = focused ?? firstShown(rows, offsets, scroller.current?.scrollTop ?? 0);
    const to = from === undefined ? undefined : neighbourOf(rows, from, step);
    if (to !== undefined) goTo(to);
  };

  const onClick = (event: React.MouseEvent) => {
    const photo = photoOf(event.target);
    if (photo === undefined) return;
    setFocused(photo);
    const isCheck = event.target instanceof Element && event.target.closest('[data-check]');
    if (event.shiftKey) selectRange(photo);
    else if (event.ctrlKey || event.metaKey || isCheck) toggle(photo);
    else if (useStore.getState().selected.size > 0) toggle(photo);
    else open(photo);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = stepOf(event);
    if (step) walk(step);
    else if (event.key === 'Enter' && focused !== undefined) open(focused);
    else if (event.key === ' ' && focused !== undefined) {
      if (event.shiftKey) selectRange(focused);
      else toggle(focused);
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      select(tiles.map((tile) => tile.id));
    } else if (event.key === 'Escape' && useStore.getState().selected.size > 0) clearSelection();
    else return;
    event.preventDefault();
  };
  const onDragStart = (event: React.DragEvent) => {
    const photo = photoOf(event.target);
    if (photo === undefined || !bridge.host) return;
    event.preventDefault();
    const { selected, tellError } = useStore.getState();
    const photos = selected.has(photo) ? [...selected] : [photo];
    bridge.host.call('startDrag', { photos }).catch(tellError);
  };

  const current = focused ?? firstShown(rows, offsets, scroller.current?.scrollTop ?? 0);
  return { current, handlers: { onClick, onKeyDown, onDragStart } };
}

function photoOf(target: EventTarget): number | undefined {
  const cell = target instanceof Element ? target.closest('[data-photo]') : null;
  const id = cell?.getAttribute('data-photo');
  return id ? Number(id) : undefined;
}

function firstShown(
  rows: readonly TimelineRow[],
  offsets: Float64Array,
  top: number,
): number | undefined {
  const from = rows.slice(rowAt(offsets, top));
  const row = from.find((each) => each.kind === 'photos');
  return row?.tiles[0]?.tile.id;
}
