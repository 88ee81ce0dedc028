// A large library that the app can be opened with: files that are there, rows and vectors as a run
// would have left them, a graph over the vectors, and a picture for every photo. A process of its own.
import { linkSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodePhoto } from '../../../src/engine/decode/decodePhoto.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import type { FileFacts } from '../../../src/shared/files.ts';
import type { Model, Precision } from '../../../src/shared/model.ts';
import { thumbnailFolderOf, thumbnailPath } from '../../../src/shared/thumbnailPath.ts';
import { answerJob } from '../inProcess.ts';
import { type FolderOfPhotos, writeLibrary } from '../syntheticLibrary.ts';

export interface LibraryJob {
  readonly folder: string;
  readonly photos: number;
  readonly model: Model;
  readonly precision: Precision;
  /** Photos whose thumbnails all photos of the library share. */
  readonly originals: readonly string[];
}

export interface Library {
  readonly dataFolder: string;
  readonly photos: number;
  readonly months: number;
}

const perFolder = 250;
/** The photos fill 25 years evenly, however many they are. */
const spanMs = 25 * 365.25 * 24 * 3600 * 1000;
const newest = Date.UTC(2026, 9, 31, 18);
const places = ['beach', 'snow', 'rain', 'the garden', 'lisbon', 'a street at night'];

answerJob<LibraryJob, Library>(async ({ folder, photos, model, precision, originals }) => {
  const root = join(folder, 'photos');
  const dataFolder = join(folder, 'data');
  const pictures = await makePictures(join(folder, 'pictures'), originals, model);
  const folders = makeTree(root, photos);
  let linked = 0;
  const onContent = (sha256: string) => {
    const picture = pictures[linked++ % pictures.length] ?? '';
    const path = thumbnailPath(thumbnailFolderOf(dataFolder), sha256);
    mkdirSync(dirname(path), { recursive: true });
    linkSync(picture, path);
  };
  writeLibrary({ dataFolder, model, precision, root, folders, onContent });
  const engine = await openEngine({
    dataFolder,
    modelFolder: model.folder,
    precision,
    trustPrecision: true,
  });
  try {
    const report = await engine.call('index', { folders: [] }); // Makes the graph.
    if (report.unchanged !== photos) throw new Error(`not a library: ${JSON.stringify(report)}`);
    await engine.call('changeSettings', { speed: 'full' });
    const { months } = await engine.call('timeline', {});
    return { dataFolder, photos, months: months.length };
  } finally {
    await engine.close();
  }
});

/** Thumbnails as the app makes them; their paths. */
async function makePictures(
  folder: string,
  originals: readonly string[],
  model: Model,
): Promise<string[]> {
  const { size, resize, crop, interpolation } = model.manifest.image;
  const input = { size, resize, crop, interpolation };
  for (const path of originals) {
    await decodePhoto({ path, known: [], input, thumbnailFolder: folder, maxPixels: 268_402_689 });
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => join(folder, name));
}

/** Small files: what they hold is never read, as nothing has changed. */
function makeTree(root: string, photos: number): FolderOfPhotos[] {
  return Array.from({ length: Math.ceil(photos / perFolder) }, (_, folder) => {
    const first = folder * perFolder;
    const year = new Date(takenMs(first, photos)).getUTCFullYear();
    const place = places[folder % places.length] ?? '';
    const path = join(root, String(year), `${folder} ${place}`);
    mkdirSync(path, { recursive: true });
    const count = Math.min(perFolder, photos - first);
    const files = Array.from({ length: count }, (_, i) => makeFile(path, first + i, photos));
    return { path, files };
  });
}

function takenMs(number: number, photos: number): number {
  return newest - (number / photos) * spanMs;
}

function makeFile(folder: string, number: number, photos: number): FileFacts {
  const name = `IMG_${String(number).padStart(6, '0')}.jpg`;
  const path = join(folder, name);
  writeFileSync(path, `photo ${number}`);
  const taken = new Date(takenMs(number, photos));
  utimesSync(path, taken, taken);
  const { size, mtimeMs, ino } = statSync(path);
  return { name, bytes: size, mtimeMs, inode: Number.isSafeInteger(ino) ? ino : null };
}
