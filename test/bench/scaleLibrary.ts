// A library as people have them, of any size: some twenty-five years, events as folders, a dozen
// cameras, one month that is a flood. Folders, cameras and kinds of which 50, 10 and 1 of 100 photos
// are tell what a filter costs. A part of it lies on the disk as small files, to be looked through
// again; the rest is on a disk that is away.
import { randomBytes } from 'node:crypto';
import { mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Catalog } from '../../src/engine/catalog/catalog.ts';
import { localTime } from '../../src/engine/catalog/localTime.ts';
import { searchablePath } from '../../src/engine/catalog/roots.ts';
import { readManifest } from '../../src/engine/models/loadModel.ts';
import type { FileFacts } from '../../src/shared/files.ts';
import type { PhotoFilter } from '../../src/shared/library.ts';
import { clusteredVectors } from './clusteredVectors.ts';
import { repository } from './places.ts';
import { seededRandom } from './randomNumbers.ts';

export const dimensions = 512;
/** Both of queries and of points, which differ in their stream. */
export const clusters = { dimensions, clusters: 500, seed: 7 };

export interface ScalePlan {
  readonly folder: string;
  readonly photos: number;
  /** Of these, files on the disk; for a second run over them. */
  readonly onDisk: number;
}

export interface ScaleLibrary {
  readonly dataFolder: string;
  readonly modelFolder: string;
  /** Of the index, in the data folder. */
  readonly indexFolder: string;
  readonly spaceKey: string;
  readonly away: string;
  readonly onDisk: string;
  readonly typicalMonth: string;
  readonly hugeMonth: string;
  /** By what they are, and the share of the photos they leave. */
  readonly filters: readonly { name: string; share: number; filter: PhotoFilter }[];
}

const perFolder = 160;
const years = 25;
const lastYear = 2024;
const hugeMonth = '2019-08';
const hugeShare = 0.04;
const things = ['Lisbon', 'birthday', 'the lake', 'wedding', 'Norway', 'garden', 'school', 'snow'];

/** Writes it through the catalogue's own code; 0.2 ms a photo. */
export async function writeScaleLibrary(plan: ScalePlan): Promise<ScaleLibrary> {
  const dataFolder = join(plan.folder, 'data');
  const modelFolder = await inventModel(join(plan.folder, 'model'));
  const away = join(plan.folder, 'a disk that is away');
  const onDisk = join(plan.folder, 'photos');
  const spaceKey = 'made-up-int8';
  const catalog = Catalog.open(dataFolder);
  try {
    const space = catalog.contents.space(spaceKey, dimensions).id;
    const vectors = clusteredVectors({ ...clusters, stream: 1 });
    const random = seededRandom(5);
    for (let first = 0; first < plan.photos; first += perFolder) {
      const isOnDisk = first < plan.onDisk;
      const root = catalog.roots.add(isOnDisk ? onDisk : away);
      const path = folderOf(root.path, first, random());
      const count = Math.min(perFolder, plan.photos - first);
      const files: FileFacts[] = [];
      for (let i = 0; i < count; i++) files.push(fileAt(plan, first + i, random));
      const there = isOnDisk ? await writeFiles(path, files) : files;
      catalog.transaction(() => {
        const folderId = catalog.roots.addFolder(root.id, path);
        const words = searchablePath(path, root.path);
        for (const file of there) {
          const photoId = catalog.photos.add(folderId, file, words);
          const contentId = catalog.contents.add(factsOf(file, random));
          catalog.contents.addVector(space, contentId, vectors.next().value);
          catalog.photos.setIndexed(photoId, contentId);
        }
      });
    }
  } finally {
    catalog.close();
  }
  return {
    dataFolder,
    modelFolder,
    indexFolder: join(dataFolder, 'index', spaceKey),
    spaceKey,
    away,
    onDisk,
    typicalMonth: '2013-05',
    hugeMonth,
    filters: filtersIn(away),
  };
}

function filtersIn(away: string) {
  const filters: { name: string; share: number; filter: PhotoFilter }[] = [];
  for (const share of [0.01, 0.1, 0.5]) {
    const percent = share * 100;
    filters.push(
      { name: 'folder', share, filter: { folder: join(away, shelf(percent)) } },
      { name: 'dates', share, filter: datesOf(share) },
      { name: 'camera', share, filter: { camera: `Camera ${percent}` } },
      { name: 'kind', share, filter: { format: kinds[percent] ?? 'jpeg' } },
    );
  }
  return filters;
}

/** From the end, as years are alike but for the flood. */
function datesOf(share: number): PhotoFilter {
  const months = Math.max(1, Math.round(share * years * 12));
  const from = new Date(Date.UTC(lastYear, 12 - months, 1));
  return { from: from.toISOString().slice(0, 7), to: `${lastYear}-12` };
}

const kinds: Readonly<Record<number, string>> = { 1: 'tiff', 10: 'heif', 50: 'jpeg' };

function shelf(percent: number): string {
  return `shelf of ${percent}`;
}

/** 1, 10 or 50 with the chance of as many in a hundred; else 39, so that all are 100. */
function percentOf(random: number): number {
  if (random < 0.01) return 1;
  if (random < 0.11) return 10;
  return random < 0.61 ? 50 : 39;
}

function folderOf(root: string, first: number, random: number): string {
  const number = first / perFolder;
  const thing = things[number % things.length] ?? '';
  return join(
    root,
    shelf(percentOf(random)),
    `event ${Math.floor(number / 10)}`,
    `${number} ${thing}`,
  );
}

function fileAt({ photos }: ScalePlan, number: number, random: () => number): FileFacts {
  const flood = random() < hugeShare;
  const first = Date.UTC(lastYear - years + 1, 0, 1);
  const span = Date.UTC(lastYear + 1, 0, 1) - first;
  const taken = flood
    ? Date.UTC(2019, 7, 1) + random() * 30 * 86_400_000
    : first + (number / photos) * span * 0.2 + random() * span * 0.8;
  const name = `IMG_${String(number).padStart(7, '0')}.jpg`;
  return { name, bytes: 1_000_000 + number, mtimeMs: Math.floor(taken / 1000) * 1000, inode: null };
}

function factsOf(file: FileFacts, random: () => number) {
  return {
    sha256: randomBytes(32).toString('hex'),
    bytes: file.bytes,
    format: kinds[percentOf(random())] ?? 'png',
    width: 4000,
    height: 3000,
    orientation: 1,
    takenAt: localTime(file.mtimeMs),
    cameraMake: 'Maker',
    cameraModel: `Camera ${percentOf(random())}`,
    lens: 'A lens of 35 mm',
    exposureSeconds: 0.01,
    fNumber: 2.8,
    iso: 200,
    focalLengthMm: 35,
  };
}

async function writeFiles(folder: string, files: readonly FileFacts[]): Promise<FileFacts[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    files.map(async (file) => {
      const path = join(folder, file.name);
      await writeFile(path, file.name);
      const { size, mtimeMs, ino } = await stat(path);
      return { ...file, bytes: size, mtimeMs, inode: Number.isSafeInteger(ino) ? ino : null };
    }),
  );
}

/** The starter's files under a description that says 512 numbers: nothing is ever embedded with it. */
async function inventModel(folder: string): Promise<string> {
  const starter = join(repository, 'models', 'starter');
  const manifest = await readManifest(starter);
  await mkdir(folder, { recursive: true });
  for (const { path } of manifest.files) await symlink(join(starter, path), join(folder, path));
  const text = JSON.stringify({ ...manifest, id: 'made-up', dimensions });
  await writeFile(join(folder, 'model.json'), text);
  return folder;
}
