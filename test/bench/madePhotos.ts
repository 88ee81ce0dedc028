// Photos that are made for the benchmark: as large as a camera's, in the forms that cameras and
// programs write, from small photos with grain over them; or, where there are none, from soft shapes.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { cache } from './places.ts';
import { seededNoise } from './randomNumbers.ts';

interface Kind {
  readonly about: string;
  readonly count: number;
  /** Of each photo in turn, in pixels. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
  readonly ending: string;
  encode(image: Sharp): Sharp;
}

const jpeg = (image: Sharp) => image.jpeg({ quality: 90 });

const kinds = {
  small: {
    about: 'generated photos of 0.2 megapixels',
    count: 120,
    sizes: [[500, 400]],
    ending: 'jpg',
    encode: (image) => image.jpeg({ quality: 88 }),
  },
  camera: {
    about: '12 JPEGs of 12 to 24 megapixels, enlarged from photos, with grain',
    count: 12,
    sizes: [
      [4032, 3024],
      [3024, 4032],
      [4896, 3264],
      [6000, 4000],
    ],
    ending: 'jpg',
    encode: jpeg,
  },
  progressive: {
    about: '8 progressive JPEGs of 3 and 12 megapixels, made in the same way',
    count: 8,
    sizes: [
      [2048, 1536],
      [4032, 3024],
    ],
    ending: 'jpg',
    encode: (image) => image.jpeg({ quality: 85, progressive: true }),
  },
  png: {
    about: '12 PNGs of 2 megapixels, made in the same way',
    count: 12,
    sizes: [[1600, 1200]],
    ending: 'png',
    encode: (image) => image.png(),
  },
} as const satisfies Record<string, Kind>;

export type MadeSet = Exclude<keyof typeof kinds, 'small'>;

export const madeSets: Readonly<Record<MadeSet, Pick<Kind, 'about'>>> = kinds;

/** By name; made once, then kept in the cache. */
export async function madePhotos(
  name: keyof typeof kinds,
  from: readonly Buffer[] = [],
): Promise<Map<string, Buffer>> {
  const folder = join(cache, `photos-${name}-${from.length > 0 ? 'enlarged' : 'drawn'}`);
  const names = await readdir(folder).catch(() => makeInto(folder, kinds[name], from));
  const photos = new Map<string, Buffer>();
  for (const each of names.sort()) photos.set(each, await readFile(join(folder, each)));
  return photos;
}

async function makeInto(folder: string, kind: Kind, from: readonly Buffer[]): Promise<string[]> {
  // Made beside its place: what was interrupted is made again.
  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  for (let i = 0; i < kind.count; i++) {
    const [width, height] = kind.sizes[i % kind.sizes.length] ?? [500, 400];
    const noise = seededNoise(i + 1);
    const original = from[(i * 7) % Math.max(1, from.length)];
    const shapes = await (original === undefined ? drawn(noise) : sharp(original))
      .resize(width, height, { kernel: 'cubic', fit: original === undefined ? 'fill' : 'cover' })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer();
    const grainy = withGrain(shapes, noise);
    const image = kind.encode(sharp(grainy, { raw: { width, height, channels: 3 } }));
    await writeFile(
      join(making, `made-${String(i).padStart(3, '0')}.${kind.ending}`),
      await image.toBuffer(),
    );
  }
  await rename(making, folder);
  return readdir(folder);
}

/** Soft shapes of about the detail of photos. */
function drawn(noise: () => number): Sharp {
  const pixels = Buffer.alloc(20 * 16 * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = byte(128 + noise() * 60);
  return sharp(pixels, { raw: { width: 20, height: 16, channels: 3 } });
}

/** A table of grain: one random number for every byte of 24 megapixels would take seconds. */
function withGrain(pixels: Buffer, noise: () => number): Buffer {
  const grain = Int8Array.from({ length: 65_537 }, () => Math.round(noise() * 5));
  const grainy = Buffer.allocUnsafe(pixels.length);
  for (let at = 0; at < pixels.length; at++) {
    grainy[at] = byte((pixels[at] ?? 0) + (grain[at % grain.length] ?? 0));
  }
  return grainy;
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, value));
}
