// Some cameras fit a preview into a fixed shape with black bars; the model and people would see them.
import type { Size } from '../geometry.ts';
import type { Raster } from '../raster.ts';

/** Grey levels up to which a bar that went through JPEG is black. */
const black = 24;
/** Pixels next to the picture that its edge may have bled into. */
const bled = 3;

/**
 * Whether the raster shows a photo of the shape `photo` between bars, above and below or at both
 * sides. Both upright.
 */
export function hasBlackBars(raster: Raster, photo: Size): boolean {
  const { width, height } = raster;
  const across = Math.floor((height - (width * photo.height) / photo.width) / 2) - bled;
  const beside = Math.floor((width - (height * photo.width) / photo.height) / 2) - bled;
  if (across > 0) {
    return (
      isBlack(raster, 0, 0, width, across) && isBlack(raster, 0, height - across, width, height)
    );
  }
  if (beside > 0) {
    return (
      isBlack(raster, 0, 0, beside, height) && isBlack(raster, width - beside, 0, width, height)
    );
  }
  return false;
}

function isBlack(
  { data, width }: Raster,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  for (let y = top; y < bottom; y++) {
    const row = data.subarray((y * width + left) * 3, (y * width + right) * 3);
    if (row.some((value) => value > black)) return false;
  }
  return true;
}
