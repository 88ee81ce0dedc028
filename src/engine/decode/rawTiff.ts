// RAW photos that are TIFF inside (DNG, NEF, ARW and others). Their first picture is a preview of a
// few hundred pixels; taken for a TIFF, that would be indexed as the photo.
import { WholeFile } from './preview/bytes.ts';
import { firstDirectory, tiffAt, walkDirectories } from './preview/directories.ts';

/** Tags that no ordinary photo has (TIFF 6.0; DNG 1.4; sensor colours: TIFF/EP). */
const dngVersion = 0xc612;
const newSubfileType = 0x00fe;
const photometric = 0x0106;
const reducedResolution = 1;
const colourFilterArray = 32_803;
const colourFilterPattern = 0x828e;

/** Whether a TIFF's directories are those of a RAW photo; false where they cannot be read. */
export function isRawTiff(content: Buffer): boolean {
  const tiff = tiffAt(new WholeFile(content), 0);
  if (tiff === undefined) return false;
  const directories = walkDirectories(tiff, firstDirectory(tiff));
  const [first] = directories;
  return (
    first !== undefined &&
    (first.has(dngVersion) ||
      ((first.number(newSubfileType) ?? 0) & reducedResolution) === reducedResolution ||
      directories.some(
        (each) => each.number(photometric) === colourFilterArray || each.has(colourFilterPattern),
      ))
  );
}
