// How a photo lies in its frame: scaled about its middle, then moved. Pure arithmetic.

export interface View {
  /** 1: fitted into the frame. */
  readonly scale: number;
  /** Pixels from the middle. */
  readonly x: number;
  readonly y: number;
}

export const fitted: View = { scale: 1, x: 0, y: 0 };

const largest = 16;

/** @param at the point that stays where it is, in pixels from the middle of the frame. */
export function zoomed(view: View, factor: number, at = { x: 0, y: 0 }): View {
  const scale = Math.min(largest, Math.max(1, view.scale * factor));
  if (scale === 1) return fitted;
  const change = scale / view.scale;
  return {
    scale,
    x: at.x - (at.x - view.x) * change,
    y: at.y - (at.y - view.y) * change,
  };
}
