// Enlarging a photo that is smaller than the model's input, as the reference does it. libvips'
// resize places the grid of an enlarged image up to half a pixel away from Pillow's (3.7 grey levels
// on average for the fixture's text.png); an affine transform with the offset spelt out does not.
import type { Sharp } from 'sharp';
import type { ModelInput } from './decodeJob.ts';
import type { ModelFrame } from './geometry.ts';
import { fromRaster, type Raster, toRaster } from './raster.ts';

/** Source pixels beyond the frame that the kernel may reach, on each side. */
const reach = 4;

/** One axis: source pixels `from` to `to`, scaled by `scale`, moved by `shift`, cut at `cut`. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly shift: number;
  readonly cut: number;
}

/**
 * Only what the frame needs is enlarged: a line of 1 × 5000 pixels would become gigabytes. Edges
 * are repeated outwards first, or the kernel would draw black into them.
 */
export async function enlarge(
  raster: Raster,
  frame: ModelFrame,
  input: ModelInput,
): Promise<Raster> {
  const x = axisOf(raster.width, frame.width, frame.left, input.size);
  const y = axisOf(raster.height, frame.height, frame.top, input.size);
  const region = { left: x.from, top: y.from, width: x.to - x.from, height: y.to - y.from };
  const source = await toRaster(fromRaster(raster).extract(region));
  const padding = { top: reach, bottom: reach, left: reach, right: reach };
  const padded = await toRaster(fromRaster(source).extend({ ...padding, extendWith: 'copy' }));
  const scaled = await toRaster(transform(padded, x, y, input));
  return toRaster(
    fromRaster(scaled).extract({ left: x.cut, top: y.cut, width: input.size, height: input.size }),
  );
}

function transform(padded: Raster, x: Axis, y: Axis, input: ModelInput): Sharp {
  return fromRaster(padded)
    .affine([x.scale, 0, 0, y.scale], {
      interpolator: input.interpolation === 'cubic' ? 'bicubic' : 'bilinear',
      idx: 0.5 - 0.5 / x.scale,
      idy: 0.5 - 0.5 / y.scale,
      odx: x.shift,
      ody: y.shift,
    })
    .removeAlpha();
}

/** Pixel centres lie at half numbers: output X shows source (X + 0.5) / scale − 0.5. */
function axisOf(source: number, scaled: number, start: number, size: number): Axis {
  const scale = scaled / source;
  const from = Math.max(0, Math.floor(start / scale) - reach);
  const to = Math.min(source, Math.ceil((start + size) / scale) + reach);
  const offset = (reach - from) * scale;
  return { from, to, scale, shift: Math.round(offset) - offset, cut: start + Math.round(offset) };
}
