// Where every month lies on the long page of photos. Months that are loaded have their rows; the
// height of others is estimated from how many photos they have.
import type { PhotoTile, Timeline } from '../../../shared/library.ts';
import { justify, type Layout, type LayoutRules, ratioOf } from './justify.ts';
import { groupMonths, type Place, shareRow } from './sharedRow.ts';

/** A month. */
export interface Section extends Place {
  readonly month: string;
  readonly count: number;
  readonly top: number;
  /** With its heading and the space below it. */
  readonly height: number;
  /** Undefined where the month is not loaded. */
  readonly photos: readonly PhotoTile[] | undefined;
  readonly layout: Layout | undefined;
}

/** A stretch of the page from edge to edge: a month, or several small ones beside each other. */
export interface Band {
  readonly top: number;
  readonly height: number;
  readonly sections: readonly Section[];
}

export interface Geometry {
  readonly bands: readonly Band[];
  /** Those of all bands, newest first. */
  readonly sections: readonly Section[];
  readonly height: number;
}

export const headingHeight = 52;
export const sectionSpace = 20;
/** Width by height of the photographs that people take, on average: most lie, some stand. */
const usualRatio = 1.3;

type Months = Timeline['months'];
type Loaded = ReadonlyMap<string, readonly PhotoTile[]>;
type LayOut = (photos: readonly PhotoTile[], rules: LayoutRules) => Layout;

/** Lays out each list of photos once for the same rules: what is scrolled past is not worked out again. */
export function createLayouts(): LayOut {
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
  loaded: Loaded,
  rules: LayoutRules,
  layoutOf: LayOut = justify,
): Geometry {
  let top = 0;
  const bands = groupMonths(timeline.months, rules, usualRatio).map((months): Band => {
    const sections =
      months.length === 1
        ? months.map((month) => wholeMonth(month, top, loaded, rules, layoutOf))
        : sharingMonths(months, top, loaded, rules);
    const band = { top, height: sections[0]?.height ?? 0, sections };
    top += band.height;
    return band;
  });
  return { bands, sections: bands.flatMap(({ sections }) => sections), height: top };
}

function wholeMonth(
  { month, photos: count }: Months[number],
  top: number,
  loaded: Loaded,
  rules: LayoutRules,
  layoutOf: LayOut,
): Section {
  const photos = loaded.get(month);
  const layout = photos && layoutOf(photos, rules);
  const inner = layout?.height ?? estimatedHeight(count, rules);
  const height = headingHeight + inner + sectionSpace;
  return { month, count, top, left: 0, width: rules.width, height, photos, layout };
}

function sharingMonths(months: Months, top: number, loaded: Loaded, rules: LayoutRules): Section[] {
  const ratios = months.map(
    ({ month, photos }) => loaded.get(month)?.map(ratioOf) ?? Array(photos).fill(usualRatio),
  );
  const { places, layouts } = shareRow(ratios, rules);
  return months.map(({ month, photos: count }, index): Section => {
    const photos = loaded.get(month);
    const layout = layouts[index];
    return {
      ...{ month, count, top, photos },
      ...(places[index] ?? { left: 0, width: rules.width }),
      height: headingHeight + (layout?.height ?? 0) + sectionSpace,
      layout: photos && layout,
    };
  });
}

export function estimatedHeight(count: number, rules: LayoutRules): number {
  const perRow = Math.max(1, rules.width / (rules.rowHeight * usualRatio + rules.gap));
  const rows = Math.ceil(count / perRow);
  return Math.max(0, rows * (rules.rowHeight + rules.gap) - rules.gap);
}

/** Index of the band at this height of the page; the first or last one beyond its ends. */
export function bandAt({ bands }: Geometry, y: number): number {
  return Math.max(0, lastAtOrAbove(bands, y));
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
