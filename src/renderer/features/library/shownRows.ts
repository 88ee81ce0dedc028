// What of the page is drawn: the rows in and near the window, and always the one that has the focus,
// which would be lost with it.
import type { Spot } from './gridSteps.ts';
import type { Row } from './justify.ts';
import {
  type Geometry,
  headingHeight,
  rowsWithin,
  type Section,
  type Span,
  sectionsWithin,
} from './timelineGeometry.ts';

export interface ShownSection {
  readonly section: Section;
  readonly rows: readonly Row[];
}

export function shownSections(geometry: Geometry, span: Span, active?: Spot): ShownSection[] {
  const shown = sectionsWithin(geometry, span).map((section) => ({
    section,
    rows: rowsWithin(section, span),
  }));
  if (!active) return shown;
  const section = geometry.sections.find(({ month }) => month === active.month);
  const row = section?.layout?.rows.findLast(({ first }) => first <= active.index);
  if (!section || !row) return shown;
  const place = shown.find((entry) => entry.section === section);
  if (!place) return [...shown, { section, rows: [row] }];
  if (!place.rows.includes(row)) place.rows = [...place.rows, row];
  return shown;
}

/** The first photo at or below this height; undefined where none is loaded. */
export function firstSpotAt(geometry: Geometry, y: number): Spot | undefined {
  for (const section of sectionsWithin(geometry, { from: y, to: y + 1000 })) {
    const start = section.top + headingHeight;
    const row = section.layout?.rows.find(({ top }) => start + top >= y);
    if (row) return { month: section.month, index: row.first };
  }
  return undefined;
}
