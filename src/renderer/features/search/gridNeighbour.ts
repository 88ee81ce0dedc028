// Which photo an arrow key leads to, in rows of different widths.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** The index to go to; 'above' where the first row ends; undefined where there is nothing to do. */
export function gridNeighbour(
  boxes: readonly Box[],
  index: number,
  key: string,
): number | 'above' | undefined {
  const last = boxes.length - 1;
  if (key === 'ArrowRight') return index < last ? index + 1 : undefined;
  if (key === 'ArrowLeft') return index > 0 ? index - 1 : undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const from = boxes[index];
  if (!from || (key !== 'ArrowDown' && key !== 'ArrowUp')) return undefined;
  const row = nextRow(boxes, from.top, key === 'ArrowDown');
  if (row.length === 0) return key === 'ArrowUp' ? 'above' : undefined;
  const centre = from.left + from.width / 2;
  const distance = (i: number) => {
    const box = boxes[i];
    return box ? Math.abs(box.left + box.width / 2 - centre) : Number.POSITIVE_INFINITY;
  };
  return row.reduce((best, i) => (distance(i) < distance(best) ? i : best));
}

/** Tops of one row may differ by a rounded pixel. */
const slack = 2;

function nextRow(boxes: readonly Box[], top: number, down: boolean): number[] {
  const beyond = (box: Box) => (down ? box.top > top + slack : box.top < top - slack);
  const tops = boxes.filter(beyond).map((box) => box.top);
  if (tops.length === 0) return [];
  const nearest = down ? Math.min(...tops) : Math.max(...tops);
  return boxes.flatMap((box, i) => (Math.abs(box.top - nearest) <= slack ? [i] : []));
}
