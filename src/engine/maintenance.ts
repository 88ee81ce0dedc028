// What people do to their library as a whole: forget folders, clear what can be made again, begin
// anew. Photographs themselves are never touched.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { nextTurn } from '../shared/inTurns.ts';
import type { Storage } from '../shared/settings.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { KeptIndex } from './vectors/keptIndex.ts';
import { modelsFolderOf } from './workerEntries.ts';

export interface Library {
  readonly catalog: Catalog;
  /** Of the model in use. */
  index(): KeptIndex;
  readonly dataFolder: string;
  thumbnail(sha256: string): string;
}

/** Photos that are forgotten in one transaction: it takes 15 ms, with what the disk takes now and then 30. */
const photosPerTurn = 125;

/**
 * Removes a root with all that is known of it: photos, contents only it had, thumbnails. In turns; a
 * root that a crash has left with some of its photos can be forgotten again.
 */
export async function forgetRoot(library: Library, path: string): Promise<{ photos: number }> {
  const { catalog } = library;
  const index = library.index();
  const root = catalog.roots.named(path);
  let photos = 0;
  for (;;) {
    const some = catalog.photos.inRoot(root.id, photosPerTurn);
    if (some.length === 0) break;
    const contents = catalog.transaction(() => {
      for (const photo of some) catalog.photos.remove(photo.id);
      removeEmptied(catalog, new Set(some.map(({ folderId }) => folderId)));
      return removeUnused(catalog, new Set(some.flatMap((photo) => photo.contentId ?? [])));
    });
    await index.delete(contents.map(({ id }) => id));
    await Promise.all(
      contents.map(({ sha256 }) => sha256 && rm(library.thumbnail(sha256), { force: true })),
    );
    photos += some.length;
    await nextTurn();
  }
  catalog.transaction(() => {
    catalog.roots.remove(root.id);
    if (catalog.roots.all().length === 0) catalog.names.clear();
  });
  await index.flush();
  return { photos };
}

/** So that what is left of the root is not looked for in all the folders that are empty by then. */
function removeEmptied(catalog: Catalog, folderIds: ReadonlySet<number>): void {
  for (const id of folderIds) {
    if (catalog.photos.inFolder(id, '', 1).length === 0) catalog.roots.removeFolder(id);
  }
}

/** Those of the contents that no photo holds. */
function removeUnused(
  catalog: Catalog,
  contentIds: ReadonlySet<number>,
): { id: number; sha256: string | undefined }[] {
  return [...contentIds]
    .filter((id) => !catalog.photos.usesContent(id))
    .map((id) => ({ id, sha256: catalog.contents.remove(id) }));
}

export async function removeEverything(library: Library): Promise<void> {
  for (const root of library.catalog.roots.all()) await forgetRoot(library, root.path);
  // No photo is left, so the first that are looked at are the ones to go.
  while (library.catalog.contents.removeUnused(photosPerTurn) > 0) await nextTurn();
  await library.index().renew();
  await clearThumbnails(library);
}

export async function clearThumbnails(library: Library): Promise<void> {
  await rm(join(library.dataFolder, 'thumbnails'), { recursive: true, force: true });
}

export async function storageOf({ dataFolder }: Library): Promise<Storage> {
  const [catalogFiles, indexBytes, thumbnailBytes, modelBytes] = await Promise.all([
    Promise.all(
      ['', '-wal', '-shm'].map((end) => sizeOf(join(dataFolder, `catalog.sqlite${end}`))),
    ),
    sizeOf(join(dataFolder, 'index')),
    sizeOf(join(dataFolder, 'thumbnails')),
    sizeOf(modelsFolderOf(dataFolder)),
  ]);
  const catalogBytes = catalogFiles.reduce((sum, bytes) => sum + bytes, 0);
  return { folder: dataFolder, catalogBytes, indexBytes, thumbnailBytes, modelBytes };
}

/** Bytes of a file, or of all files in a folder; 0 for what is not there. */
async function sizeOf(path: string): Promise<number> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.size;
  const names = await readdir(path).catch(() => []);
  let sum = 0;
  for (const name of names) sum += await sizeOf(join(path, name));
  return sum;
}
