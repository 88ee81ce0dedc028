// The page as a list of lines from top to bottom, of which the window shows some: the rows of months
// that are loaded, and as one line each what is not loaded and months that share a row.
import type { Spot } from './gridSteps.ts';
import { type Band, bandAt, type Geometry, headingHeight } from './timelineGeometry.ts';

export interface Line {
  readonly band: Band;
  /** Index of the row in the months of the band. */
  readonly row: number;
  /** With what lies between it and the next: the heights of all lines are the height of the page. */
  readonly height: number;
}

export interface ShownBand {
  readonly band: Band;
  readonly rows: readonly number[];
}

export function gridLines({ bands }: Geometry): Line[] {
  return bands.flatMap((band): Line[] => {
    const rows = band.sections.length === 1 ? band.sections[0]?.layout?.rows : undefined;
    if (!rows || rows.length === 0) return [{ band, row: 0, height: band.height }];
    return rows.map(({ top }, row) => {
      const start = row === 0 ? 0 : headingHeight + top;
      const next = rows[row + 1];
      return { band, row, height: (next ? headingHeight + next.top : band.height) - start };
    });
  });
}

/** Index of the line that a photo lies in; −1 where there is none. */
export function lineOf(lines: readonly Line[], { month, index }: Spot): number {
  const line = lines.findIndex(({ band }) => band.sections.some((each) => each.month === month));
  const section = lines[line]?.band.sections.find((each) => each.month === month);
  const row = section?.layout?.rows.findLastIndex(({ first }) => first <= index) ?? 0;
  return line + Math.max(0, row);
}

/** The lines of these indexes, in ascending order, by band. */
export function shownBands(lines: readonly Line[], indexes: readonly number[]): ShownBand[] {
  const rows = new Map<Band, number[]>();
  for (const index of indexes) {
    const line = lines[index];
    if (line) rows.set(line.band, [...(rows.get(line.band) ?? []), line.row]);
  }
  return [...rows].map(([band, shown]) => ({ band, rows: shown }));
}

/** Months of the lines from one index to another, both included. */
export function monthsBetween(lines: readonly Line[], first: number, last: number): string[] {
  const bands = new Set(lines.slice(first, last + 1).map(({ band }) => band));
  return [...bands].flatMap(({ sections }) => sections.map(({ month }) => month));
}

/** The first photo at or below this height; undefined where none is loaded. */
export function firstSpotAt(geometry: Geometry, y: number): Spot | undefined {
  for (const band of geometry.bands.slice(bandAt(geometry, y))) {
    if (band.top > y + 1000) return undefined;
    for (const { month, top, layout } of band.sections) {
      const row = layout?.rows.find((each) => top + headingHeight + each.top >= y);
      if (row) return { month, index: row.first };
    }
  }
  return undefined;
}
