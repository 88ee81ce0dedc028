// Where the keys lead from a photo: along the row, to the row above or below across months, a
// window further, to the ends.
import type { Box } from './justify.ts';
import { type Geometry, headingHeight, type Section } from './timelineGeometry.ts';

/** A photo by its place: month and index in it. */
export interface Spot {
  readonly month: string;
  readonly index: number;
}

/**
 * The spot a key leads to; undefined where it leads nowhere. It may lie in a month that is not
 * loaded, as its first or last photo.
 */
export function stepFrom(
  geometry: Geometry,
  spot: Spot,
  key: string,
  windowHeight: number,
): Spot | undefined {
  const { sections } = geometry;
  const at = sections.findIndex(({ month }) => month === spot.month);
  const section = sections[at];
  if (!section) return undefined;
  switch (key) {
    case 'Home':
      return firstOf(sections[0]);
    case 'End':
      return lastOf(sections.at(-1));
    case 'ArrowRight':
      if (spot.index + 1 < countOf(section)) return { ...spot, index: spot.index + 1 };
      return firstOf(sections[at + 1]);
    case 'ArrowLeft':
      if (spot.index > 0) return { ...spot, index: spot.index - 1 };
      return lastOf(sections[at - 1]);
    case 'ArrowDown':
    case 'ArrowUp':
      return rowStep(sections, at, spot.index, key === 'ArrowDown' ? 1 : -1);
    case 'PageDown':
    case 'PageUp':
      return pageStep(geometry, spot, key === 'PageDown' ? 1 : -1, windowHeight);
    default:
      return undefined;
  }
}

function rowStep(
  sections: readonly Section[],
  at: number,
  index: number,
  step: 1 | -1,
): Spot | undefined {
  const section = sections[at];
  const rows = section?.layout?.rows;
  const rowIndex = rows?.findLastIndex(({ first }) => first <= index) ?? -1;
  const box = rows?.[rowIndex]?.boxes[index - (rows[rowIndex]?.first ?? 0)];
  if (!section || !rows || !box) return undefined;
  const centre = box.left + box.width / 2;
  const row = rows[rowIndex + step];
  if (row) return { month: section.month, index: row.first + nearest(row.boxes, centre) };
  const next = sections[at + step];
  const nextRow = step > 0 ? next?.layout?.rows[0] : next?.layout?.rows.at(-1);
  if (!next) return undefined;
  if (!nextRow) return step > 0 ? firstOf(next) : lastOf(next);
  return { month: next.month, index: nextRow.first + nearest(nextRow.boxes, centre) };
}

function pageStep(
  geometry: Geometry,
  from: Spot,
  step: 1 | -1,
  windowHeight: number,
): Spot | undefined {
  const start = topOf(geometry, from);
  let spot: Spot | undefined;
  for (let next = rowFrom(from); next; next = rowFrom(next)) {
    if (spot && Math.abs((topOf(geometry, next) ?? 0) - (start ?? 0)) > windowHeight) break;
    spot = next;
  }
  return spot;

  function rowFrom(place: Spot): Spot | undefined {
    const at = geometry.sections.findIndex(({ month }) => month === place.month);
    return rowStep(geometry.sections, at, place.index, step);
  }
}

/** Where the row of a photo begins on the page; the month's beginning where it is not loaded. */
export function topOf(geometry: Geometry, spot: Spot): number | undefined {
  const section = geometry.sections.find(({ month }) => month === spot.month);
  const row = section?.layout?.rows.findLast(({ first }) => first <= spot.index);
  if (!section) return undefined;
  return section.top + headingHeight + (row?.top ?? 0);
}

function nearest(boxes: readonly Box[], centre: number): number {
  const distances = boxes.map(({ left, width }) => Math.abs(left + width / 2 - centre));
  return distances.indexOf(Math.min(...distances));
}

function countOf({ photos, count }: Section): number {
  return photos?.length ?? count;
}

function firstOf(section: Section | undefined): Spot | undefined {
  return section && { month: section.month, index: 0 };
}

function lastOf(section: Section | undefined): Spot | undefined {
  return section && { month: section.month, index: Math.max(0, countOf(section) - 1) };
}
