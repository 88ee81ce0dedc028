// RAW photos that are TIFF inside (DNG, NEF, ARW and others). Their first picture is a preview of a
// few hundred pixels; taken for a TIFF, that would be indexed as the photo.

/** Tags of the first directory (TIFF 6.0; DNG 1.4; CFA: TIFF/EP) that no ordinary photo has. */
const dngVersion = 0xc612;
const newSubfileType = 0x00fe;
const photometric = 0x0106;
const reducedResolution = 1;
const colourFilterArray = 32_803;

const most = 512;

/** Whether a TIFF's first directory is that of a RAW photo; false where it cannot be read. */
export function isRawTiff(content: Buffer): boolean {
  const little = content[0] === 0x49;
  const read16 = (at: number) => (little ? content.readUInt16LE(at) : content.readUInt16BE(at));
  const read32 = (at: number) => (little ? content.readUInt32LE(at) : content.readUInt32BE(at));
  if (content.length < 8) return false;
  const start = read32(4);
  if (start + 2 > content.length) return false;
  const entries = Math.min(read16(start), most);
  for (let entry = start + 2; entry < start + 2 + entries * 12; entry += 12) {
    if (entry + 12 > content.length) return false;
    const tag = read16(entry);
    const value = read16(entry + 2) === 3 ? read16(entry + 8) : read32(entry + 8);
    if (tag === dngVersion) return true;
    if (tag === newSubfileType && (value & reducedResolution) === reducedResolution) return true;
    if (tag === photometric && value === colourFilterArray) return true;
  }
  return false;
}
