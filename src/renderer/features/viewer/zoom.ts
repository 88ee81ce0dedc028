// How a photo lies in its frame: fitted into it, enlarged about a point, moved no further than its
// edges. Pure arithmetic; pixels are those of the screen.

export interface Shape {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface View {
  /** 1: fitted into the frame. */
  readonly scale: number;
  /** From the middle of the frame to that of the photo. */
  readonly x: number;
  readonly y: number;
}

export const fittedView: View = { scale: 1, x: 0, y: 0 };

/** Small pictures are enlarged to this at most, lest they turn into a blur by themselves. */
const mostEnlarged = 2;
const leastZoom = 4;
/** Screen pixels for a pixel of the photo, at the most. */
const largestPixel = 3;

/** The size of the whole photo in the frame. */
export function fittedSize(photo: Shape, frame: Shape): Shape {
  if (photo.width === 0 || photo.height === 0) return { width: 0, height: 0 };
  const scale = Math.min(frame.width / photo.width, frame.height / photo.height, mostEnlarged);
  return { width: photo.width * scale, height: photo.height * scale };
}

export function largestScale(photo: Shape, fitted: Shape): number {
  return Math.max(leastZoom, (largestPixel * photo.width) / Math.max(1, fitted.width));
}

/** Where a double click leads from the whole photo: to its own pixels, if that is nearer at all. */
export function closeScale(photo: Shape, fitted: Shape): number {
  const actual = photo.width / Math.max(1, fitted.width);
  return actual > 1.3 ? actual : 2.5;
}

/** @param at what stays where it is, from the middle of the frame */
export function zoomed(view: View, scale: number, at: Point): View {
  const change = scale / view.scale;
  return {
    scale,
    x: at.x - (at.x - view.x) * change,
    y: at.y - (at.y - view.y) * change,
  };
}

/** The nearest view that leaves no more room beside the photo than there must be. */
export function settled(view: View, fitted: Shape, frame: Shape, largest: number): View {
  const scale = Math.min(largest, Math.max(1, view.scale));
  const { x, y } = scale === view.scale ? view : zoomed(view, scale, { x: 0, y: 0 });
  return {
    scale,
    x: within(x, (fitted.width * scale - frame.width) / 2),
    y: within(y, (fitted.height * scale - frame.height) / 2),
  };
}

/** '48 %': of the photo's own pixels. */
export function formatZoom(view: View, photo: Shape, fitted: Shape): string {
  if (photo.width === 0) return '';
  return `${Math.round((100 * fitted.width * view.scale) / photo.width)} %`;
}

function within(value: number, most: number): number {
  const limit = Math.max(0, most);
  // Adding 0 turns −0 into 0.
  return Math.min(limit, Math.max(-limit, value)) + 0;
}
