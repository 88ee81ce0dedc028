// Where every month lies on the long page of photos. Months that are loaded have their rows; the
// height of others is estimated from how many photos they have.
import type { PhotoTile, Timeline } from '../../../shared/library.ts';
import { justify, type Layout, type LayoutRules, type Row } from './justify.ts';

export interface Section {
  readonly month: string;
  readonly count: number;
  readonly top: number;
  /** With its heading and the space below it. */
  readonly height: number;
  /** Undefined where the month is not loaded. */
  readonly photos: readonly PhotoTile[] | undefined;
  readonly layout: Layout | undefined;
}

export interface Geometry {
  readonly sections: readonly Section[];
  readonly height: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export const headingHeight = 52;
export const sectionSpace = 20;
/** Width by height of the photographs that people take, on average: most lie, some stand. */
const usualRatio = 1.3;

/** Lays out each list of photos once for the same rules: what is scrolled past is not worked out again. */
export function createLayouts(): (photos: readonly PhotoTile[], rules: LayoutRules) => Layout {
  let known = new WeakMap<readonly PhotoTile[], Layout>();
  let knownFor = '';
  return (photos, rules) => {
    const key = `${rules.width} ${rules.rowHeight} ${rules.gap}`;
    if (key !== knownFor) known = new WeakMap();
    knownFor = key;
    const layout = known.get(photos) ?? justify(photos, rules);
    known.set(photos, layout);
    return layout;
  };
}

export function timelineGeometry(
  timeline: Timeline,
  loaded: ReadonlyMap<string, readonly PhotoTile[]>,
  rules: LayoutRules,
  layoutOf: (photos: readonly PhotoTile[], rules: LayoutRules) => Layout = justify,
): Geometry {
  let top = 0;
  const sections = timeline.months.map(({ month, photos: count }): Section => {
    const photos = loaded.get(month);
    const layout = photos && layoutOf(photos, rules);
    const inner = layout?.height ?? estimatedHeight(count, rules);
    const section = { month, count, top, photos, layout };
    const height = headingHeight + inner + sectionSpace;
    top += height;
    return { ...section, height };
  });
  return { sections, height: top };
}

export function estimatedHeight(count: number, rules: LayoutRules): number {
  const perRow = Math.max(1, rules.width / (rules.rowHeight * usualRatio + rules.gap));
  const rows = Math.ceil(count / perRow);
  return Math.max(0, rows * (rules.rowHeight + rules.gap) - rules.gap);
}

/** Index of the section at this height of the page; the first or last one beyond its ends. */
export function sectionAt({ sections }: Geometry, y: number): number {
  return Math.max(0, lastAtOrAbove(sections, y));
}

export function sectionsWithin(geometry: Geometry, { from, to }: Span): readonly Section[] {
  if (geometry.sections.length === 0) return [];
  return geometry.sections.slice(sectionAt(geometry, from), sectionAt(geometry, to) + 1);
}

/** The rows of a month that show in this span of the page. */
export function rowsWithin(section: Section, { from, to }: Span): readonly Row[] {
  const rows = section.layout?.rows ?? [];
  const start = section.top + headingHeight;
  const first = Math.max(0, lastAtOrAbove(rows, from - start));
  const last = lastAtOrAbove(rows, to - start);
  return rows.slice(first, last + 1);
}

/** Binary search; −1 where all lie below. */
export function lastAtOrAbove(items: readonly { readonly top: number }[], y: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.top ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
