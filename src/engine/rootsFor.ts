// Folders that were asked for → roots of the library.
import { realpath } from 'node:fs/promises';
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
  const paths: string[] = [];
  for (const folder of folders) paths.push(await indexable(catalog, resolve(folder)));
  // The upper folders first: those below them then belong to them.
  paths.sort((a, b) => a.length - b.length);
  const roots = new Map(paths.map((path) => catalog.roots.add(path)).map((r) => [r.id, r]));
  return [...roots.values()];
}

/** The path, or where it leads if that lies in the library: a root is not to be known twice. */
async function indexable(catalog: Catalog, path: string): Promise<string> {
  const root = catalog.roots.containing(path);
  // A root itself may be away: then it is offline.
  if (root?.path === path) return path;
  const presence = await rootPresence(path);
  if (!presence.there) {
    throw new OcelliError('ROOT_MISSING', `${path} cannot be indexed: ${presence.why}.`);
  }
  if (root) return path;
  const real = await realpath(path);
  return catalog.roots.containing(real) ? real : path;
}
