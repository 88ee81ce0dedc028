// Months of a few photos beside each other in one row, each with its heading above: a year of such
// months would else be a column of white.
import { type Layout, type LayoutRules, placeBoxes } from './justify.ts';

/** A month in a row that it shares. */
export interface Place {
  readonly left: number;
  readonly width: number;
}

/** As many ratios (width by height) as the month has photos. */
type Ratios = readonly number[];

/** Between the photos of two months; wider than between two of one month. */
export const monthGap = 24;
/** Room for the longest heading, 'September 2024' with its count. */
const narrowestMonth = 168;

/**
 * Neighbouring months that fit into one row together; those that fill rows of their own are alone.
 * It goes by counts, so that nothing regroups when photos are loaded.
 */
export function groupMonths<Month extends { readonly photos: number }>(
  months: readonly Month[],
  rules: LayoutRules,
  usualRatio: number,
): Month[][] {
  const groups: Month[][] = [];
  let room = 0;
  for (const month of months) {
    const width = widthOf(
      Array(Math.min(month.photos, 100)).fill(usualRatio),
      rules.rowHeight,
      rules,
    );
    const group = groups.at(-1);
    if (group && width + monthGap <= room) {
      group.push(month);
      room -= width + monthGap;
    } else {
      groups.push([month]);
      room = rules.width - width;
    }
  }
  return groups;
}

/** Where months lie beside each other: in rows of the target height, lower where shapes are wide. */
export function shareRow(
  months: readonly Ratios[],
  rules: LayoutRules,
): { readonly places: readonly Place[]; readonly layouts: readonly Layout[] } {
  const height = fittingHeight(months, rules);
  let left = 0;
  const places = months.map((ratios): Place => {
    const width = Math.min(widthOf(ratios, height, rules), Math.max(1, rules.width - left));
    const place = { left, width };
    left += width + monthGap;
    return place;
  });
  const layouts = months.map((ratios): Layout => {
    const boxes = placeBoxes(ratios, height, rules.gap);
    return { height, rows: [{ first: 0, top: 0, height, boxes }] };
  });
  return { places, layouts };
}

function fittingHeight(months: readonly Ratios[], rules: LayoutRules): number {
  const free = rules.width - monthGap * (months.length - 1);
  const wanted = (height: number) =>
    months.reduce((sum, ratios) => sum + widthOf(ratios, height, rules), 0);
  let height = rules.rowHeight;
  while (height > rules.rowHeight / 4 && wanted(height) > free) height = Math.floor(height * 0.98);
  return height;
}

function widthOf(ratios: Ratios, height: number, { gap }: LayoutRules): number {
  const photos = ratios.reduce((sum, ratio) => sum + ratio * height + gap, -gap);
  return Math.max(narrowestMonth, Math.round(photos));
}
