// Where the keys lead from a photo: along the row, to the row above or below across months, a
// window further, to the ends.
import type { Row } from './justify.ts';
import { type Band, type Geometry, headingHeight, type Section } from './timelineGeometry.ts';

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
      return rowStep(geometry, spot, key === 'ArrowDown' ? 1 : -1);
    case 'PageDown':
    case 'PageUp':
      return pageStep(geometry, spot, key === 'PageDown' ? 1 : -1, windowHeight);
    default:
      return undefined;
  }
}

function rowStep(geometry: Geometry, { month, index }: Spot, step: 1 | -1): Spot | undefined {
  const { bands } = geometry;
  const at = bands.findIndex(({ sections }) => sections.some((each) => each.month === month));
  const section = bands[at]?.sections.find((each) => each.month === month);
  const rows = section?.layout?.rows;
  const rowIndex = rows?.findLastIndex(({ first }) => first <= index) ?? -1;
  const box = rows?.[rowIndex]?.boxes[index - (rows[rowIndex]?.first ?? 0)];
  if (!section || !rows || !box) return undefined;
  const centre = section.left + box.left + box.width / 2;
  const row = rows[rowIndex + step];
  const choices = row ? spotsOf(section, row) : edgeOf(bands[at + step], step);
  return nearest(choices, centre);
}

/** A place that a key may lead to, and its middle from the left. */
interface Choice {
  readonly spot: Spot;
  readonly centre: number;
}

/** The row of a band that one comes upon first; of months that are not loaded, their end. */
function edgeOf(band: Band | undefined, step: 1 | -1): Choice[] {
  return (band?.sections ?? []).flatMap((section) => {
    const row = step > 0 ? section.layout?.rows[0] : section.layout?.rows.at(-1);
    if (row) return spotsOf(section, row);
    const spot = step > 0 ? firstOf(section) : lastOf(section);
    return spot ? [{ spot, centre: section.left + section.width / 2 }] : [];
  });
}

function spotsOf({ month, left }: Section, { first, boxes }: Row): Choice[] {
  return boxes.map((box, index) => ({
    spot: { month, index: first + index },
    centre: left + box.left + box.width / 2,
  }));
}

function pageStep(
  geometry: Geometry,
  from: Spot,
  step: 1 | -1,
  windowHeight: number,
): Spot | undefined {
  const start = topOf(geometry, from);
  let spot: Spot | undefined;
  const after = (place: Spot) => rowStep(geometry, place, step);
  for (let next = after(from); next; next = after(next)) {
    if (spot && Math.abs((topOf(geometry, next) ?? 0) - (start ?? 0)) > windowHeight) break;
    spot = next;
  }
  return spot;
}

/** Where the row of a photo begins on the page; the month's beginning where it is not loaded. */
export function topOf(geometry: Geometry, spot: Spot): number | undefined {
  const section = geometry.sections.find(({ month }) => month === spot.month);
  const row = section?.layout?.rows.findLast(({ first }) => first <= spot.index);
  if (!section) return undefined;
  return section.top + headingHeight + (row?.top ?? 0);
}

function nearest(choices: readonly Choice[], centre: number): Spot | undefined {
  const distances = choices.map((choice) => Math.abs(choice.centre - centre));
  return choices[distances.indexOf(Math.min(...distances))]?.spot;
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
