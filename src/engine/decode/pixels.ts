// What the model sees of a photo: decoded pixels → the square input of its image tower.
import type { ModelInput } from './decodeJob.ts';
import { enlarge } from './enlarge.ts';
import { type ModelFrame, modelFrame, type Size } from './geometry.ts';
import { fromRaster, type Raster } from './raster.ts';

/**
 * size × size × 3 bytes, RGB. Cubic is Catmull-Rom (a = −0.5), widened by the scale when reducing:
 * what Pillow does, so that embeddings agree with those of the model's reference.
 * See docs/decisions/0006-golden-preprocessing.md.
 * @param shown size of the photo itself, of which the raster may be a smaller copy: the frame
 * follows from the photo, or rounding would shift it by a pixel
 */
export async function modelPixels(
  raster: Raster,
  shown: Size,
  input: ModelInput,
): Promise<Uint8Array> {
  const frame = modelFrame(shown, input);
  const larger = frame.width > raster.width && frame.height > raster.height;
  const { data } = larger
    ? await enlarge(raster, frame, input)
    : { data: await reduce(raster, frame, input) };
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function reduce(raster: Raster, frame: ModelFrame, input: ModelInput): Promise<Buffer> {
  const { width, height, left, top } = frame;
  return fromRaster(raster)
    .resize({ width, height, fit: 'fill', kernel: input.interpolation })
    .extract({ left, top, width: input.size, height: input.size })
    .raw()
    .toBuffer();
}
