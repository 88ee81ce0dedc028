// A photo as a JPEG that every browser shows.
import { decodePixels } from './decodePixels.ts';
import { fitInside } from './geometry.ts';
import { readHeader } from './header.ts';
import { notAnImage, unsupported } from './imageErrors.ts';
import { fromRaster } from './raster.ts';
import { readPhoto } from './readPhoto.ts';
import { sniff } from './sniff.ts';

/** Pixels of the longer side; browsers decode a scan of 200 megapixels slowly or not at all. */
const longest = 8192;
const quality = 90;

/**
 * @returns a JPEG, upright, in sRGB, without metadata
 * @throws OcelliError as decodePhoto does
 */
export async function convertedPicture(path: string, maxPixels: number): Promise<Buffer> {
  const content = await readPhoto(path);
  const kind = sniff(content);
  if (kind === undefined) throw notAnImage(path);
  if (!kind.decodable) throw unsupported(path, kind);
  const header = await readHeader(content, kind, path, maxPixels);
  const raster = await decodePixels(content, header, fitInside(header.shown, longest), path);
  return fromRaster(raster).jpeg({ quality }).toBuffer();
}
