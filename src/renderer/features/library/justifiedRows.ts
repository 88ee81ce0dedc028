// Photos → rows of one height that fill the width, as in a printed album. Pure arithmetic.

export interface Shape {
  /** Pixels; 0 where they are not known. */
  readonly width: number;
  readonly height: number;
}

export interface RowTile {
  /** Place in the list that was given. */
  readonly index: number;
  /** Pixels on the screen. */
  readonly width: number;
}

export interface JustifiedRow {
  readonly height: number;
  readonly tiles: readonly RowTile[];
}

/** Panoramas and towers are cut, so that they leave room for the others. */
const [narrowest, widest] = [0.55, 2.4];

export function aspectOf({ width, height }: Shape): number {
  if (width === 0 || height === 0) return 1;
  return Math.min(widest, Math.max(narrowest, width / height));
}

/** @param rowHeight wished for; rows come out a little lower, the last one at most as high. */
export function justifiedRows(
  shapes: readonly Shape[],
  { width, rowHeight, gap }: { width: number; rowHeight: number; gap: number },
): JustifiedRow[] {
  const rows: JustifiedRow[] = [];
  let from = 0;
  let aspects = 0;
  for (const [index, shape] of shapes.entries()) {
    aspects += aspectOf(shape);
    const gaps = gap * (index - from);
    if (aspects * rowHeight + gaps < width) continue;
    rows.push(toRow(shapes, from, index + 1, (width - gaps) / aspects));
    from = index + 1;
    aspects = 0;
  }
  if (from < shapes.length) rows.push(toRow(shapes, from, shapes.length, rowHeight));
  return rows;
}

function toRow(shapes: readonly Shape[], from: number, to: number, height: number): JustifiedRow {
  const tiles = shapes
    .slice(from, to)
    .map((shape, offset) => ({ index: from + offset, width: aspectOf(shape) * height }));
  return { height, tiles };
}
