// Which lines of the page are drawn: those in and near the window, and always the one with the focus,
// which would be lost with it. All heights are known, so nothing is measured.
import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useMemo } from 'react';
import { rangeWith } from '../../components/rangeWith.ts';
import { gridLines, lineOf, monthsBetween, type ShownBand, shownBands } from './gridLines.ts';
import type { Spot } from './gridSteps.ts';
import type { Geometry } from './timelineGeometry.ts';
import { useScrollAnchor } from './useScrollAnchor.ts';

interface GridWindow {
  readonly shown: readonly ShownBand[];
  /** Those that show, then those a window away; the same array until it changes. */
  readonly months: readonly string[];
}

/** Pixels drawn beyond the window at either side, so that scrolling meets what is there already. */
const beyond = 600;

/** @param rowHeight what rows are near to, in pixels */
export function useGridWindow(
  scroller: RefObject<HTMLElement | null>,
  geometry: Geometry | undefined,
  focused: Spot | undefined,
  rowHeight: number,
): GridWindow {
  const lines = useMemo(() => (geometry ? gridLines(geometry) : []), [geometry]);
  const focusedLine = focused ? lineOf(lines, focused) : -1;
  const rangeExtractor = useCallback(
    (range: Range) => rangeWith(range, focusedLine),
    [focusedLine],
  );
  // Other lines, other keys: it is by these that the virtualizer knows of other heights.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const getItemKey = useCallback((index: number) => index, [lines]);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => lines[index]?.height ?? 0,
    getItemKey,
    rangeExtractor,
    overscan: Math.ceil(beyond / rowHeight),
    // A frame is not held up: what is drawn beyond the window covers the time until the next.
    useFlushSync: false,
  });
  useScrollAnchor(scroller, geometry);
  const indexes = virtualizer.getVirtualItems().map(({ index }) => index);
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: -1 };
  const months = useMemo(() => {
    const height = virtualizer.scrollRect?.height ?? 0;
    const top = virtualizer.scrollOffset ?? 0;
    const above = virtualizer.getVirtualItemForOffset(top - height)?.index ?? 0;
    const below = virtualizer.getVirtualItemForOffset(top + 2 * height)?.index ?? -1;
    const inWindow = monthsBetween(lines, startIndex, endIndex);
    return [...new Set([...inWindow, ...monthsBetween(lines, above, below)])];
  }, [virtualizer, lines, startIndex, endIndex]);
  return { shown: shownBands(lines, indexes), months };
}
