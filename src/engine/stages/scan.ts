// Watch: the roots as they are now → pending photos in the catalogue, and photos that are gone.
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWithin } from '../../shared/folderPaths.ts';
import { inTurns } from '../../shared/inTurns.ts';
import { requeueUnembedded } from '../catalog/embeddedStates.ts';
import { reconcileFolder } from '../catalog/reconcileFolder.ts';
import type { Root } from '../catalog/roots.ts';
import { type RootPresence, rootPresence } from '../watch/rootState.ts';
import { scanRoot } from '../watch/scanRoot.ts';
import type { RunContext } from './runContext.ts';

/** What one scan of a root has seen. */
interface Sighting {
  /** Catalogue ids of the folders that were listed. */
  readonly folderIds: Set<number>;
  readonly unreadable: string[];
  readonly missing: number[];
  readonly abandoned: number[];
}

/** A root, or a folder of it in which something is known to have changed. */
export interface ScanTarget {
  readonly root: Root;
  readonly folder: string;
}

export async function scanTargets(
  context: RunContext,
  targets: readonly ScanTarget[],
): Promise<void> {
  const start = performance.now();
  for (const target of targets) await scanOne(context, target);
  context.stats.scanMs = performance.now() - start;
  context.stats.scanned = true;
}

async function scanOne(context: RunContext, target: ScanTarget): Promise<void> {
  const { catalog } = context;
  const { root, folder } = target;
  const before = await rootPresence(root.path);
  if (!isPresent(before) || looksUnplugged(context, root, before)) {
    setOffline(context, root, isPresent(before) ? 'it is empty' : before.why);
    return;
  }
  catalog.roots.setState(root.id, 'online');
  // Only now that they can be reached: photos of a disk that is away stay as they are.
  if (folder === root.path) await requeueUnembedded(catalog, [root.id], context.spaceId);
  const seen = await sight(context, target);
  if (context.signal.aborted) return;

  const after = await rootPresence(root.path);
  if (!isPresent(after) || after.identity !== before.identity) {
    setOffline(context, root, isPresent(after) ? 'another disk is in its place' : after.why);
    return;
  }
  await removeMissing(context, target, seen);
  if (folder === root.path) catalog.roots.markScanned(root.id, context.now());
}

function isPresent(presence: RootPresence): presence is Extract<RootPresence, { there: true }> {
  return presence.there;
}

/** An empty folder where there were photos: a mount point without its disk. */
function looksUnplugged(
  context: RunContext,
  root: Root,
  presence: Extract<RootPresence, { there: true }>,
): boolean {
  return presence.empty && context.catalog.photos.inRoot(root.id, 1).length > 0;
}

function setOffline(context: RunContext, root: Root, why: string): void {
  context.catalog.roots.setState(root.id, 'offline');
  context.notice(`${root.path} is offline: ${why}. Its photos stay in the library.`);
}

async function sight(context: RunContext, { root, folder }: ScanTarget): Promise<Sighting> {
  const { catalog, stats, signal } = context;
  const seen: Sighting = { folderIds: new Set(), unreadable: [], missing: [], abandoned: [] };
  const options = {
    exclude: context.exclude,
    isExcluded: (path: string) => context.isExcluded(path, root.path),
  };
  for await (const listing of scanRoot(folder, options)) {
    if (signal.aborted) break;
    if ('unreadable' in listing) {
      tellUnreadable(context, listing.folder, listing.unreadable, seen);
      continue;
    }
    const changes = await reconcileFolder(catalog, root, listing, context.now());
    if (changes.folderId !== undefined) seen.folderIds.add(changes.folderId);
    for (const id of changes.missing) seen.missing.push(id);
    for (const id of changes.abandoned) seen.abandoned.push(id);
    stats.eligible += changes.eligible;
    stats.failed += changes.failed;
    stats.unchanged.indexed += changes.unchanged.indexed;
    stats.unchanged.failed += changes.unchanged.failed;
    stats.unchanged.skipped += changes.unchanged.skipped;
  }
  await deletePoints(context, seen.abandoned);
  return seen;
}

function tellUnreadable(context: RunContext, folder: string, code: string, seen: Sighting): void {
  // A folder that is gone has no photos; they are missing like those of any folder not listed.
  if (code === 'ENOENT') return;
  seen.unreadable.push(folder);
  context.notice(`${folder} cannot be read (${code}); what is known of it stays.`);
}

async function removeMissing(
  context: RunContext,
  target: ScanTarget,
  seen: Sighting,
): Promise<void> {
  const { catalog, stats } = context;
  const { root } = target;
  const goneFolders = catalog.roots
    .folders(root.id)
    .filter((folder) => isWithin(folder.path, target.folder))
    .filter((folder) => !seen.folderIds.has(folder.id))
    .filter((folder) => !seen.unreadable.some((unreadable) => isWithin(folder.path, unreadable)));
  const candidates = [...seen.missing];
  for (const folder of goneFolders) {
    for (const id of catalog.photos.idsInFolder(folder.id)) candidates.push(id);
  }

  const abandoned: number[] = [];
  const gone: number[] = [];
  for (const id of candidates) {
    const photo = catalog.photos.byId(id);
    // It may have been recognised under another name, or be back by now.
    if (!photo || (await isToBeKept(context, root, join(photo.folder, photo.name)))) continue;
    gone.push(id);
    if (photo.contentId !== null) abandoned.push(photo.contentId);
  }
  await inTurns(gone, (some) =>
    catalog.transaction(() => {
      for (const id of some) catalog.photos.remove(id);
    }),
  );
  await inTurns(goneFolders, (some) =>
    catalog.transaction(() => {
      for (const { id } of some) {
        if (catalog.photos.idsInFolder(id).length === 0) catalog.roots.removeFolder(id);
      }
    }),
  );
  stats.removed += gone.length;
  await deletePoints(context, abandoned);
}

/** Points of contents that no photo holds any more. Their vectors stay in the catalogue. */
async function deletePoints(context: RunContext, contentIds: readonly number[]): Promise<void> {
  await inTurns([...new Set(contentIds)], (some) =>
    context.index.delete(some.filter((id) => !context.catalog.photos.usesContent(id))),
  );
}

async function isToBeKept(context: RunContext, root: Root, path: string): Promise<boolean> {
  return !isLeftOut(context, root, path) && (await exists(path));
}

/** Whether a pattern leaves out the path or a folder above it. */
function isLeftOut(context: RunContext, root: Root, path: string): boolean {
  for (let at = path; at !== root.path && isWithin(at, root.path); at = dirname(at)) {
    if (context.isExcluded(at, root.path)) return true;
  }
  return false;
}

/** A folder or a pipe that has taken the photo's name is no photo. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    (facts) => facts.isFile() || facts.isSymbolicLink(),
    () => false,
  );
}
