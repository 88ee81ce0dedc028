// The pictures inside a file of a kind that is not decoded itself.
import { type Bytes, within } from './bytes.ts';
import { cr3Previews } from './cr3Previews.ts';
import type { PreviewContainer, Previews } from './preview.ts';
import { rafPreviews } from './rafPreviews.ts';
import { tiffPreviews } from './tiffPreviews.ts';

const parsers = { tiff: tiffPreviews, raf: rafPreviews, cr3: cr3Previews };
const nothing: Previews = { previews: [], exif: [], isCut: true };

/** Of broken files what can be found; never throws but NotLoaded. Offsets are checked by `bytes`. */
export function findPreviews(bytes: Bytes, container: PreviewContainer): Previews {
  return within(() => parsers[container](bytes)) ?? nothing;
}

/** EXIF has eight orientations; anything else is a careless writer's and means upright. */
export function soundOrientation(value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  return Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1;
}
