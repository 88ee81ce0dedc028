// A folder as it is now meets the folder as the catalogue knows it: what is new, changed, moved or
// gone. Unchanged photos cost one comparison and no write.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorKind } from '../../shared/errors.ts';
import type { FolderListing, FoundFile } from '../../shared/files.ts';
import { inTurns, nextTurn } from '../../shared/inTurns.ts';
import type { Catalog } from './catalog.ts';
import type { KnownPhoto } from './photos.ts';
import { type Root, searchablePath } from './roots.ts';

export interface FolderChanges {
  readonly eligible: number;
  /** As they were: by their state in the catalogue. */
  readonly unchanged: { indexed: number; failed: number; skipped: number };
  /** Newly found to be beyond reading, by the scan alone. */
  readonly failed: number;
  /** Ids of photos that are no longer in this folder. Not yet removed: the disk may just be gone. */
  readonly missing: readonly number[];
  /** Contents that may have lost their last photo. */
  readonly abandoned: readonly number[];
  /** Undefined where the folder has no photos and is not known. */
  readonly folderId?: number;
}

/** Of one folder; it takes a few milliseconds. */
const photosPerRead = 2000;

type Listing = Extract<FolderListing, { files: unknown }>;

/** In turns, a transaction each: a folder may hold a whole library. */
export async function reconcileFolder(
  catalog: Catalog,
  root: Root,
  listing: Listing,
  now: number,
): Promise<FolderChanges> {
  const knownId = catalog.roots.folderId(listing.folder);
  const known = knownId === undefined ? new Map() : await knownPhotos(catalog, knownId);
  const sorted = sort(listing.files, known);
  const eligible = listing.files.length;
  const missing = [...known.values()].map((photo) => photo.id);
  const quiet = { eligible, unchanged: sorted.unchanged, missing };
  if (sorted.fresh.length + sorted.changed.length + sorted.again.length === 0) {
    const folder = knownId === undefined ? {} : { folderId: knownId };
    return { ...quiet, failed: 0, abandoned: [], ...folder };
  }

  const folderId = catalog.roots.addFolder(root.id, listing.folder);
  const words = searchablePath(listing.folder, root.path);
  const unchanged = { ...sorted.unchanged };
  let failed = 0;
  const judge = (id: number, file: FoundFile) => {
    if (!file.problem) return;
    catalog.photos.setState(id, 'failed');
    catalog.failures.record(id, 'scan', file.problem, now);
    failed += 1;
  };
  const taken = new Set<number>();
  await inTurns(sorted.fresh, async (files) => {
    const moved = await findMoved(catalog, root, listing.folder, files, taken);
    catalog.transaction(() => {
      for (const file of files) {
        const photoId = moved.get(file);
        if (photoId === undefined) judge(catalog.photos.add(folderId, file, words), file);
        else catalog.photos.move(photoId, folderId, file.name, words);
      }
      const arrived = countStates(catalog, [...moved.values()]);
      unchanged.indexed += arrived.indexed;
      unchanged.failed += arrived.failed;
      unchanged.skipped += arrived.skipped;
    });
  });
  const abandoned: number[] = [];
  await inTurns(sorted.changed, (some) =>
    catalog.transaction(() => {
      for (const { file, photo } of some) {
        if (photo.contentId !== null) abandoned.push(photo.contentId);
        catalog.failures.clear(photo.id);
        catalog.photos.change(photo.id, file);
        judge(photo.id, file);
      }
    }),
  );
  await inTurns(sorted.again, (some) =>
    catalog.transaction(() => {
      for (const photo of some) catalog.photos.requeue(photo.id);
    }),
  );
  return { ...quiet, unchanged, failed, abandoned, folderId };
}

/** What the catalogue knows of a folder, by name. */
async function knownPhotos(catalog: Catalog, folderId: number): Promise<Map<string, KnownPhoto>> {
  const known = new Map<string, KnownPhoto>();
  let last = '';
  for (;;) {
    const some = catalog.photos.inFolder(folderId, last, photosPerRead);
    for (const photo of some) known.set(photo.name, photo);
    if (some.length < photosPerRead) return known;
    last = some.at(-1)?.name ?? last;
    await nextTurn();
  }
}

/** Sorts the files by what is to be done; `known` keeps those that no file answers to. */
function sort(files: readonly FoundFile[], known: Map<string, KnownPhoto>) {
  const fresh: FoundFile[] = [];
  const changed: { file: FoundFile; photo: KnownPhoto }[] = [];
  /** Failed last time for a reason that passes. */
  const again: KnownPhoto[] = [];
  const unchanged = { indexed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const photo = known.get(file.name);
    known.delete(file.name);
    if (!photo) fresh.push(file);
    else if (isChanged(photo, file)) {
      changed.push({ file, photo });
    } else if (photo.state === 'failed' && !file.problem && mayPass(photo)) again.push(photo);
    else if (photo.state !== 'pending') unchanged[photo.state] += 1;
  }
  return { fresh, changed, again, unchanged };
}

/** A known problem is judged anew where the photo waits: the decoders would know less of it. */
function isChanged(photo: KnownPhoto, file: FoundFile): boolean {
  if (photo.state === 'pending' && file.problem) return true;
  return photo.bytes !== file.bytes || photo.mtimeMs !== file.mtimeMs;
}

function mayPass(photo: KnownPhoto): boolean {
  return photo.code !== null && errorKind(photo.code).transient === true;
}

/**
 * New files that are old ones under another path: same inode, size and time, the old path empty.
 * @param taken photos that a file has been found for already; those found now are added.
 */
async function findMoved(
  catalog: Catalog,
  root: Root,
  folder: string,
  files: readonly FoundFile[],
  taken: Set<number>,
): Promise<Map<FoundFile, number>> {
  const moved = new Map<FoundFile, number>();
  for (const file of files) {
    for (const candidate of catalog.photos.withSameFile(root.id, file)) {
      if (taken.has(candidate.id) || candidate.path === join(folder, file.name)) continue;
      if (await exists(candidate.path)) continue;
      taken.add(candidate.id);
      moved.set(file, candidate.id);
      break;
    }
  }
  return moved;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function countStates(catalog: Catalog, photoIds: readonly number[]) {
  const counts = { pending: 0, indexed: 0, failed: 0, skipped: 0 };
  for (const photoId of photoIds) {
    const state = catalog.photos.stateOf(photoId);
    if (state) counts[state] += 1;
  }
  return counts;
}
