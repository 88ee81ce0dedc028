// Photos in rows of one width: each keeps its shape, each full row fills the width to the pixel.

export interface Box {
  readonly left: number;
  readonly width: number;
}

export interface Row {
  /** Index of its first photo. */
  readonly first: number;
  readonly boxes: readonly Box[];
  readonly top: number;
  readonly height: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly height: number;
}

export interface LayoutRules {
  readonly width: number;
  /** What rows are to be near; full ones grow or shrink to fill the width. */
  readonly rowHeight: number;
  readonly gap: number;
}

interface Shape {
  readonly width: number;
  readonly height: number;
}

/** Panoramas and towers are cut, so that they leave room for the others. */
const [narrowest, widest] = [0.5, 2.6];
/** Of the target height: rows of few photos are not blown up beyond it. */
const mostGrowth = 1.35;

/** Width by height; a square where the size is not known. */
export function ratioOf({ width, height }: Shape): number {
  if (width === 0 || height === 0) return 1;
  return Math.min(widest, Math.max(narrowest, width / height));
}

/** All in whole pixels, so that edges are sharp. */
export function justify(shapes: readonly Shape[], rules: LayoutRules): Layout {
  const rows: Row[] = [];
  let top = 0;
  let first = 0;
  while (first < shapes.length) {
    const row = nextRow(shapes, first, rules);
    rows.push({ first, top, ...row });
    top += row.height + rules.gap;
    first += row.boxes.length;
  }
  return { rows, height: Math.max(0, top - rules.gap) };
}

function nextRow(shapes: readonly Shape[], first: number, rules: LayoutRules) {
  const ratios: number[] = [];
  let sum = 0;
  // By index: a month may have tens of thousands, of which each row takes a handful.
  for (let at = first; at < shapes.length; at += 1) {
    const shape = shapes[at];
    if (!shape) break;
    const ratio = ratioOf(shape);
    const before = heightFor(sum, ratios.length, rules);
    const after = heightFor(sum + ratio, ratios.length + 1, rules);
    if (after <= rules.rowHeight && isNearer(before, after, rules.rowHeight)) {
      return fill(ratios, before, rules);
    }
    ratios.push(ratio);
    sum += ratio;
    if (after <= rules.rowHeight) return fill(ratios, after, rules);
  }
  // The last row is not full: it keeps the target height, or fills the width where it nearly does.
  const full = heightFor(sum, ratios.length, rules);
  return full < rules.rowHeight * 1.15
    ? fill(ratios, full, rules)
    : { height: rules.rowHeight, boxes: placeBoxes(ratios, rules.rowHeight, rules.gap) };
}

/** How high photos of these ratios are when they fill the width. */
function heightFor(ratioSum: number, photos: number, { width, gap }: LayoutRules): number {
  return photos === 0 ? Number.POSITIVE_INFINITY : (width - gap * (photos - 1)) / ratioSum;
}

function isNearer(height: number, other: number, target: number): boolean {
  return height <= target * mostGrowth && height / target < target / other;
}

function fill(ratios: readonly number[], height: number, { width, gap }: LayoutRules) {
  const whole = Math.max(1, Math.round(height));
  const boxes = placeBoxes(ratios, height, gap);
  const last = boxes.at(-1);
  if (last) boxes[boxes.length - 1] = { left: last.left, width: Math.max(1, width - last.left) };
  return { height: whole, boxes };
}

/** Side by side from the left edge on, each as wide as its ratio has it at this height. */
export function placeBoxes(ratios: readonly number[], height: number, gap: number): Box[] {
  let left = 0;
  return ratios.map((ratio) => {
    const start = Math.round(left);
    left += ratio * height + gap;
    return { left: start, width: Math.max(1, Math.round(left - gap) - start) };
  });
}
