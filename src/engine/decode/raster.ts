// Decoded pixels in memory, and turning them upright.
import type { Sharp } from 'sharp';
import type { Size } from './geometry.ts';
import { sharp } from './sharpSettings.ts';

/** RGB, sRGB, 8 bits a channel, row by row without padding. */
export interface Raster extends Size {
  readonly data: Buffer;
}

/** A pipeline that starts from the raster. */
export function fromRaster(raster: Raster): Sharp {
  const { width, height } = raster;
  return sharp(raster.data, { raw: { width, height, channels: 3 }, limitInputPixels: false });
}

export async function toRaster(pipeline: Sharp): Promise<Raster> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The raster as people see it, given its EXIF orientation (1 to 8; Exif 2.32, tag 0x0112). */
export async function upright(raster: Raster, orientation: number): Promise<Raster> {
  switch (orientation) {
    case 2:
      return toRaster(fromRaster(raster).flop());
    case 3:
      return toRaster(fromRaster(raster).rotate(180));
    case 4:
      return toRaster(fromRaster(raster).flip());
    case 5:
      return toRaster(fromRaster(await upright(raster, 6)).flop());
    case 6:
      return toRaster(fromRaster(raster).rotate(90));
    case 7:
      return toRaster(fromRaster(await upright(raster, 8)).flop());
    case 8:
      return toRaster(fromRaster(raster).rotate(270));
    default:
      return raster;
  }
}
