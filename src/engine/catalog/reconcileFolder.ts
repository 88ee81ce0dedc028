// A folder as it is now meets the folder as the catalogue knows it: what is new, changed, moved or
// gone. Unchanged photos cost one comparison and no write.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorKind } from '../../shared/errors.ts';
import type { FolderListing, FoundFile } from '../../shared/files.ts';
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

type Listing = Extract<FolderListing, { files: unknown }>;

interface Moved {
  readonly file: FoundFile;
  readonly photoId: number;
}

export async function reconcileFolder(
  catalog: Catalog,
  root: Root,
  listing: Listing,
  now: number,
): Promise<FolderChanges> {
  const knownId = catalog.roots.folderId(listing.folder);
  const known = new Map<string, KnownPhoto>();
  if (knownId !== undefined) {
    for (const photo of catalog.photos.inFolder(knownId)) known.set(photo.name, photo);
  }
  const sorted = sort(listing.files, known);
  const eligible = listing.files.length;
  const missing = [...known.values()].map((photo) => photo.id);
  const quiet = { eligible, unchanged: sorted.unchanged, missing };
  if (sorted.fresh.length + sorted.changed.length + sorted.again.length === 0) {
    const folder = knownId === undefined ? {} : { folderId: knownId };
    return { ...quiet, failed: 0, abandoned: [], ...folder };
  }

  const moved = await findMoved(catalog, root, listing.folder, sorted.fresh);
  return catalog.transaction(() => {
    const folderId = catalog.roots.addFolder(root.id, listing.folder);
    const words = searchablePath(listing.folder, root.path);
    const movedFiles = new Map(moved.map(({ file, photoId }) => [file, photoId]));
    let failed = 0;
    const judge = (id: number, file: FoundFile) => {
      if (!file.problem) return;
      catalog.photos.setState(id, 'failed');
      catalog.failures.record(id, 'scan', file.problem, now);
      failed += 1;
    };
    for (const file of sorted.fresh) {
      const photoId = movedFiles.get(file);
      if (photoId === undefined) judge(catalog.photos.add(folderId, file, words), file);
      else catalog.photos.move(photoId, folderId, file.name, words);
    }
    const abandoned: number[] = [];
    for (const { file, photo } of sorted.changed) {
      if (photo.contentId !== null) abandoned.push(photo.contentId);
      catalog.failures.clear(photo.id);
      catalog.photos.change(photo.id, file);
      judge(photo.id, file);
    }
    for (const photo of sorted.again) catalog.photos.requeue(photo.id);
    const arrived = countStates(catalog, moved);
    const unchanged = {
      indexed: sorted.unchanged.indexed + arrived.indexed,
      failed: sorted.unchanged.failed + arrived.failed,
      skipped: sorted.unchanged.skipped + arrived.skipped,
    };
    return { ...quiet, unchanged, failed, abandoned, folderId };
  });
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

/** New files that are old ones under another path: same inode, size and time, the old path empty. */
async function findMoved(
  catalog: Catalog,
  root: Root,
  folder: string,
  fresh: readonly FoundFile[],
): Promise<Moved[]> {
  const moved: Moved[] = [];
  const taken = new Set<number>();
  for (const file of fresh) {
    for (const candidate of catalog.photos.withSameFile(root.id, file)) {
      if (taken.has(candidate.id) || candidate.path === join(folder, file.name)) continue;
      if (await exists(candidate.path)) continue;
      taken.add(candidate.id);
      moved.push({ file, photoId: candidate.id });
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

function countStates(catalog: Catalog, moved: readonly Moved[]) {
  const counts = { pending: 0, indexed: 0, failed: 0, skipped: 0 };
  for (const { photoId } of moved) {
    const state = catalog.photos.stateOf(photoId);
    if (state) counts[state] += 1;
  }
  return counts;
}
