// Which of a photo's previews stands for it.
import { isSameShape, type Size } from '../geometry.ts';
import type { Preview, Previews } from './preview.ts';

/** Longest side in pixels below which nothing of a photo can be told apart, nor shown. */
const least = 512;

/**
 * Longest side in pixels from which retrieval notices nothing: the model's embeddings differ by less
 * than noise of one grey level makes them. With 640 pixels it does.
 * See docs/decisions/0019-embedded-previews.md.
 */
const plenty = 1440;

/** How many times the photo's pixels must be those of its preview to be worth it. */
const worthwhile = 2.5;

/** Sensors have borders: a preview at most this much smaller than the sensor shows all of the photo. */
const border = 0.95;

/**
 * The smallest preview in the photo's shape that leaves nothing to be desired; else the largest in
 * its shape; else the largest of all, as cameras that were set to another shape store only that. The
 * latter may have black bars, for which its pixels are to be looked at. Undefined: all are too small.
 * @param wanted shorter side in pixels that gives the model all it can see
 */
export function choosePreview(previews: Previews, wanted: number): Preview | undefined {
  const { alike } = usableOf(previews);
  return alike.find((each) => isPlenty(each, wanted)) ?? largestPreview(previews);
}

/**
 * Of a photo that can be decoded itself: the smallest preview that is as good, if it costs much less.
 * @param photo as stored, as the previews are
 */
export function chooseInstead(
  previews: readonly Preview[],
  photo: Size,
  wanted: number,
): Preview | undefined {
  return previews.find(
    (each) =>
      isSameShape(each, photo) &&
      isPlenty(each, wanted) &&
      photo.width * photo.height >= each.width * each.height * worthwhile,
  );
}

function isPlenty({ width, height }: Size, wanted: number): boolean {
  return Math.max(width, height) >= plenty && Math.min(width, height) >= wanted;
}

/** Of those in the photo's shape, or of all where none is. */
export function largestPreview(previews: Previews): Preview | undefined {
  const { usable, alike } = usableOf(previews);
  return alike.at(-1) ?? usable.at(-1);
}

function usableOf(previews: Previews): Record<'usable' | 'alike', readonly Preview[]> {
  const size = photoSize(previews);
  const usable = previews.previews.filter((each) => Math.max(each.width, each.height) >= least);
  return { usable, alike: usable.filter((each) => !size || isSameShape(each, size)) };
}

/** As stored, before orientation. The camera's own JPEG of full size tells it without borders. */
export function photoSize({ previews, size }: Previews): Size | undefined {
  const largest = previews.at(-1);
  if (size === undefined || largest === undefined) return size ?? largest;
  const isWhole = isAlmost(largest.width, size.width) && isAlmost(largest.height, size.height);
  const { width, height } = isWhole ? largest : size;
  return { width, height };
}

function isAlmost(part: number, whole: number): boolean {
  return part >= whole * border && part <= whole / border;
}
