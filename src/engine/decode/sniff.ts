// Tells what a file is by its first bytes, whatever its name says. It knows more kinds than can be
// decoded, so that a person reads 'a JPEG XL image' and not 'unsupported image format'.
import type { PreviewContainer } from './preview/preview.ts';
import { isRawTiff } from './rawTiff.ts';

/** `decodable`: it is decoded here. Otherwise a preview inside is read, or it is not indexed. */
export interface Sniffed {
  readonly format: string;
  readonly name: string;
  readonly decodable: boolean;
  /** Where to look for previews. */
  readonly previews?: PreviewContainer;
}

/** How many bytes of a file `sniff` looks at. */
const sniffedBytes = 1024;

/** Bytes at an offset, as latin1 text. */
interface Magic {
  readonly at: number;
  readonly bytes: string;
}

interface Kind extends Sniffed {
  readonly magic: readonly Magic[];
}

function kind(format: string, name: string, decodable: boolean, bytes: string, at = 0): Kind {
  return { format, name, decodable, magic: [{ at, bytes }] };
}

function raw(name: string, bytes: string, previews?: PreviewContainer, at = 0): Kind {
  const kindOfRaw = kind('raw', name, false, bytes, at);
  return previews === undefined ? kindOfRaw : { ...kindOfRaw, previews };
}

export const jpegKind: Sniffed = { format: 'jpeg', name: 'a JPEG image', decodable: true };

const riff = { at: 0, bytes: 'RIFF' };

// Order matters: RAW files that are TIFF inside come before TIFF.
const kinds: readonly Kind[] = [
  kind('jpeg', 'a JPEG image', true, '\xff\xd8\xff'),
  kind('png', 'a PNG image', true, '\x89PNG\r\n\x1a\n'),
  kind('gif', 'a GIF image', true, 'GIF8'),
  { ...kind('webp', 'a WebP image', true, 'WEBP', 8), magic: [riff, { at: 8, bytes: 'WEBP' }] },
  raw('a Canon RAW photo (CR2)', 'CR\x02', 'tiff', 8),
  raw('an Olympus RAW photo (ORF)', 'IIRO', 'tiff'),
  raw('an Olympus RAW photo (ORF)', 'IIRS', 'tiff'),
  raw('an Olympus RAW photo (ORF)', 'MMOR', 'tiff'),
  raw('a Panasonic RAW photo (RW2)', 'IIU\0', 'tiff'),
  raw('a Fujifilm RAW photo (RAF)', 'FUJIFILMCCD-RAW', 'raf'),
  raw('a Minolta RAW photo (MRW)', '\0MRM'),
  raw('a Sigma RAW photo (X3F)', 'FOVb'),
  raw('a Canon RAW photo (CRW)', 'HEAPCCDR', undefined, 6),
  kind('tiff', 'a TIFF image', true, 'II*\0'),
  kind('tiff', 'a TIFF image', true, 'MM\0*'),
  kind('tiff', 'a TIFF image', true, 'II+\0'),
  kind('tiff', 'a TIFF image', true, 'MM\0+'),
  kind('jxl', 'a JPEG XL image', false, '\xff\x0a'),
  kind('jxl', 'a JPEG XL image', false, 'JXL \r\n\x87\n', 4),
  kind('jp2', 'a JPEG 2000 image', false, 'jP  \r\n\x87\n', 4),
  kind('jp2', 'a JPEG 2000 image', false, '\xff\x4f\xff\x51'),
  kind('bmp', 'a BMP image', false, 'BM'),
  kind('psd', 'a Photoshop document', false, '8BPS'),
  kind('ico', 'an icon', false, '\0\0\x01\0'),
  kind('exr', 'an OpenEXR image', false, 'v/1\x01'),
  kind('hdr', 'a Radiance HDR image', false, '#?RADIANCE'),
  kind('xcf', 'a GIMP document', false, 'gimp xcf'),
  kind('pdf', 'a PDF document', false, '%PDF-'),
];

const rawTiff: Sniffed = {
  format: 'raw',
  name: 'a RAW photo (DNG, NEF or a relative)',
  decodable: false,
  previews: 'tiff',
};

/** ISO base media brands (the four letters after 'ftyp'). */
const brands: Readonly<Record<string, Sniffed>> = {
  avif: { format: 'avif', name: 'an AVIF image', decodable: true },
  avis: { format: 'avif', name: 'an AVIF image', decodable: true },
  'crx ': { format: 'raw', name: 'a Canon RAW photo (CR3)', decodable: false, previews: 'cr3' },
  ...Object.fromEntries(
    ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'].map((brand) => [
      brand,
      { format: 'heic', name: 'a HEIC photo', decodable: true },
    ]),
  ),
};

/** What the bytes are, or undefined where they are no picture that is known here. */
export function sniff(content: Buffer): Sniffed | undefined {
  const head = content.toString('latin1', 0, sniffedBytes);
  const found = kinds.find((each) =>
    each.magic.every(({ at, bytes }) => head.startsWith(bytes, at)),
  );
  if (found?.format === 'tiff' && isRawTiff(content)) return rawTiff;
  return found ?? sniffBrand(head) ?? sniffText(head);
}

/** AVIF and HEIC share a container; the major brand may be a neutral one ('mif1'). */
function sniffBrand(head: string): Sniffed | undefined {
  if (!head.startsWith('ftyp', 4)) return undefined;
  const end = Math.min(head.length, boxLength(head));
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at === 12) continue; // the minor version lies between the major brand and the others
    const brand = brands[head.slice(at, at + 4)];
    if (brand !== undefined) return brand;
  }
  const picture = ['mif1', 'mif2', 'msf1', 'miaf'].includes(head.slice(8, 12));
  // What it holds may still be HEVC, and is told by whoever decodes it.
  return picture ? { format: 'heic', name: 'a HEIF photo', decodable: true } : undefined;
}

function boxLength(head: string): number {
  return head.charCodeAt(2) * 256 + head.charCodeAt(3);
}

function sniffText(head: string): Sniffed | undefined {
  const start = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (!/^<(\?xml|!--|!DOCTYPE svg|svg)/i.test(start) || !/<svg[\s>]/i.test(head)) return undefined;
  return { format: 'svg', name: 'an SVG drawing', decodable: false };
}
