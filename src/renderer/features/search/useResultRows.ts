// Photos found, laid out in rows like those of the library, and which of the rows are drawn: those in
// and near the window, and always the one that Tab reaches.
import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useMemo } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { rangeWith } from '../../components/rangeWith.ts';
import { useElementSize } from '../../components/useElementSize.ts';
import { justify } from '../library/justify.ts';

/** Where a photo lies in the list, in pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface ResultRows {
  /** One for each photo. */
  readonly places: readonly Place[];
  /** Of the whole list, in pixels. */
  readonly height: number;
  /** Indexes of the photos that are drawn, in order. */
  readonly drawn: readonly number[];
}

const rowHeights = { usual: 190, narrow: 120 };
const narrowWidth = 640;
/** Pixels between photos, and around them for the ring around the focus. */
const gap = 8;
const edge = 4;
/** Rows beyond the window: each costs while one types, and scrolling is to meet them. */
const rowsBeyond = 2;

/** @param current index of the photo that Tab reaches */
export function useResultRows(
  scroller: RefObject<HTMLElement | null>,
  shown: readonly Hit[],
  current: number,
): ResultRows {
  const { width } = useElementSize(scroller);
  const { rows, places, height } = useMemo(() => layOut(shown, width), [shown, width]);
  const currentRow = rows.findLastIndex(({ first }) => first <= current);
  const rangeExtractor = useCallback((range: Range) => rangeWith(range, currentRow), [currentRow]);
  // Other rows, other keys: it is by these that the virtualizer knows of other heights.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const getItemKey = useCallback((index: number) => index, [rows]);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.height ?? 0) + gap,
    getItemKey,
    rangeExtractor,
    overscan: rowsBeyond,
    useFlushSync: false,
  });
  const drawn = virtualizer.getVirtualItems().flatMap(({ index }) => {
    const row = rows[index];
    return row ? row.boxes.map((_, at) => row.first + at) : [];
  });
  return { places, height, drawn };
}

function layOut(shown: readonly Hit[], width: number) {
  if (width === 0) return { rows: [], places: [], height: 0 };
  const { rows, height } = justify(
    shown.map(({ tile }) => tile),
    { width: width - 2 * edge, rowHeight: rowHeightFor(width), gap },
  );
  const places = rows.flatMap(({ boxes, top, height: rowHeight }) =>
    boxes.map((box): Place => ({ ...box, top, height: rowHeight })),
  );
  return { rows, places, height };
}

function rowHeightFor(width: number): number {
  return width < narrowWidth ? rowHeights.narrow : rowHeights.usual;
}
