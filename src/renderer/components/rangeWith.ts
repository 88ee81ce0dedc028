// Of a long list only what shows is drawn; what has the focus must be too, or the focus is lost.
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The indexes to draw, in order. @param index −1 where nothing has the focus */
export function rangeWith(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes;
  return [...indexes, index].sort((a, b) => a - b);
}
