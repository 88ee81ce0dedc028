// A library to scroll through: as many photos as wanted over some sixteen years, one month of it a
// flood, the oldest ones of a photo or two. Every photo has a content and a thumbnail of its own, so
// that a browser loads each of them; what they show is the samples, cut to different shapes.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { Catalog } from '../../src/engine/catalog/catalog.ts';
import type { Raster } from '../../src/engine/decode/raster.ts';
import { writeThumbnail } from '../../src/engine/decode/thumbnail.ts';
import { thumbnailFolderOf, thumbnailPath } from '../../src/shared/thumbnailPath.ts';
import { repository } from './places.ts';
import { seededRandom } from './randomNumbers.ts';

export interface ScrollLibrary {
  readonly photos: number;
  /** Of the fullest month. */
  readonly flood: number;
  readonly distinctThumbnails: number;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Of its thumbnail. */
  readonly path: string;
}

interface Month {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly photos: number;
}

/** Width and height of the photographs, in pixels. */
const shapes = [
  [4000, 3000],
  [6000, 4000],
  [3000, 4000],
  [4000, 2250],
] as const;
const fullMonths = 150;
const sparseMonths = 40;
const newest = { year: 2024, month: 8 };
const floodShare = 0.2;

/** Writes catalogue and thumbnails; takes about 30 s for 100,000. */
export async function writeScrollLibrary(
  dataFolder: string,
  photos: number,
): Promise<ScrollLibrary> {
  const pictures = await makePictures(dataFolder);
  const months = monthsOf(photos);
  const catalog = Catalog.open(dataFolder);
  try {
    const root = catalog.roots.add(join(dataFolder, 'photos that need not be there'));
    for (const month of months) {
      const path = join(root.path, `${month.year}`, `${month.month + 1}`.padStart(2, '0'));
      catalog.transaction(() => {
        addMonth(catalog, catalog.roots.addFolder(root.id, path), month, pictures, dataFolder);
      });
    }
  } finally {
    catalog.close();
  }
  const flood = Math.max(...months.map((month) => month.photos));
  return { photos, flood, distinctThumbnails: pictures.length };
}

function addMonth(
  catalog: Catalog,
  folder: number,
  { year, month, photos }: Month,
  pictures: readonly Picture[],
  dataFolder: string,
): void {
  for (let index = 0; index < photos; index++) {
    const picture = pictures[(index * 7 + month) % pictures.length];
    if (!picture) continue;
    const taken = new Date(year, month, 1 + (index % 28), 12, 0, index % 60);
    const sha256 = randomBytes(32).toString('hex');
    const file = {
      name: `IMG_${String(index).padStart(5, '0')}.jpg`,
      bytes: 4_000_000,
      mtimeMs: taken.getTime(),
      inode: null,
    };
    const { width, height } = picture;
    const facts = { sha256, bytes: file.bytes, format: 'jpeg', width, height, orientation: 1 };
    catalog.photos.setIndexed(
      catalog.photos.add(folder, file, `${year}`),
      catalog.contents.add(facts),
    );
    const path = thumbnailPath(thumbnailFolderOf(dataFolder), sha256);
    mkdirSync(dirname(path), { recursive: true });
    linkSync(picture.path, path);
  }
}

/** Newest first. */
function monthsOf(photos: number): Month[] {
  const random = seededRandom(11);
  const weights = Array.from({ length: fullMonths }, () => 0.3 + 1.4 * random());
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const flood = Math.round(photos * floodShare);
  const sparse = Array.from({ length: sparseMonths }, (_, index) => 1 + (index % 3));
  const rest = photos - flood - sparse.reduce((total, count) => total + count, 0);
  const counts = weights.map((weight) => Math.floor((weight / sum) * rest));
  const left = rest - counts.reduce((total, count) => total + count, 0);
  counts[0] = (counts[0] ?? 0) + left;
  counts.splice(fullMonths / 2, 0, flood);
  return [...counts, ...sparse].map((count, index) => {
    const date = new Date(newest.year, newest.month - index, 1);
    return { year: date.getFullYear(), month: date.getMonth(), photos: count };
  });
}

/** Thumbnails as the app writes them, of the samples in all shapes. */
async function makePictures(dataFolder: string): Promise<Picture[]> {
  const samples = join(repository, 'resources', 'samples');
  const names = readdirSync(samples).filter((name) => name.endsWith('.jpg'));
  const folder = thumbnailFolderOf(dataFolder);
  const pictures: Picture[] = [];
  for (const name of names) {
    const content = await readFile(join(samples, name));
    for (const [width, height] of shapes) {
      const raster = await cut(content, width / 5, height / 5);
      const sha256 = randomBytes(32).toString('hex');
      const path = thumbnailPath(folder, sha256);
      await writeThumbnail({ raster, whole: undefined, path });
      pictures.push({ width, height, path });
    }
  }
  return pictures;
}

async function cut(content: Buffer, width: number, height: number): Promise<Raster> {
  const { data, info } = await sharp(content)
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
