// What the model sees of a photo: decoded pixels → the square input of its image tower.
import type { ModelInput } from './decodeJob.ts';
import { modelFrame } from './geometry.ts';
import { fromRaster, type Raster } from './raster.ts';

/**
 * size × size × 3 bytes, RGB. Cubic is Catmull-Rom (a = −0.5), widened by the scale when reducing:
 * what Pillow does, so that embeddings agree with those of the model's reference.
 * See docs/decisions/0006-golden-preprocessing.md.
 */
export async function modelPixels(raster: Raster, input: ModelInput): Promise<Uint8Array> {
  const { width, height, left, top } = modelFrame(raster, input);
  const data = await fromRaster(raster)
    .resize({ width, height, fit: 'fill', kernel: input.interpolation })
    .extract({ left, top, width: input.size, height: input.size })
    .raw()
    .toBuffer();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
