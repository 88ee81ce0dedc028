// Folders that were asked for → roots of the library.
import { resolve } from 'node:path';
import { OcelliError } from '../shared/errors.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Root } from './catalog/roots.ts';
import { rootPresence } from './watch/rootState.ts';

/**
 * All known roots for no folders; else those of the folders, which must be there if they are new.
 * @throws ROOT_MISSING, before anything has been added
 */
export async function rootsFor(catalog: Catalog, folders: readonly string[]): Promise<Root[]> {
  if (folders.length === 0) return catalog.roots.all();
  const paths = folders.map((folder) => resolve(folder));
  for (const path of paths) {
    if (catalog.roots.containing(path)) continue;
    const presence = await rootPresence(path);
    if (presence.there) continue;
    throw new OcelliError('ROOT_MISSING', `${path} cannot be indexed: ${presence.why}.`);
  }
  // The upper folders first: those below them then belong to them.
  paths.sort((a, b) => a.length - b.length);
  const roots = new Map(paths.map((path) => catalog.roots.add(path)).map((r) => [r.id, r]));
  return [...roots.values()];
}
