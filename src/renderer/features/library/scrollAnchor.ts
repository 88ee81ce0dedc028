// What the eye rests on while the page changes around it: photos that come or go, months whose
// height becomes known, rows of another size.
import { bandAt, type Geometry, headingHeight, lastAtOrAbove } from './timelineGeometry.ts';

export interface Anchor {
  readonly month: string;
  /** Of the month's height, where no photo is known to hold on to. */
  readonly fraction: number;
  /** The photo at the top of the window, and how far its row has gone beyond it (0 to 1). */
  readonly photo?: { readonly id: number; readonly fraction: number };
}

/** Undefined at the very top, which stays the top: what is new shows there. */
export function anchorAt(geometry: Geometry, scrollTop: number): Anchor | undefined {
  const [section] = geometry.bands[bandAt(geometry, scrollTop)]?.sections ?? [];
  if (!section || scrollTop <= 0) return undefined;
  const within = scrollTop - section.top;
  const anchor = { month: section.month, fraction: within / section.height };
  const rows = section.layout?.rows ?? [];
  const row = rows[lastAtOrAbove(rows, within - headingHeight)];
  const photo = row && section.photos?.[row.first];
  if (!row || !photo) return anchor;
  const fraction = (within - headingHeight - row.top) / row.height;
  return { ...anchor, photo: { id: photo.id, fraction } };
}

/** Undefined where the month is gone. */
export function scrollTopFor(geometry: Geometry, anchor: Anchor): number | undefined {
  const section = geometry.sections.find(({ month }) => month === anchor.month);
  if (!section) return undefined;
  const { photo } = anchor;
  const index = photo ? (section.photos?.findIndex(({ id }) => id === photo.id) ?? -1) : -1;
  const row = section.layout?.rows.findLast(({ first }) => index >= 0 && first <= index);
  if (!row || !photo) return section.top + anchor.fraction * section.height;
  return section.top + headingHeight + row.top + photo.fraction * row.height;
}
