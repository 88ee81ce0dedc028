// Walks a root and tells, folder by folder, which photos lie there. Links to folders are followed,
// after everything that is really there, and never twice, so that circles end.
import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../shared/errors.ts';
import type { FolderListing, FoundFile } from '../../shared/files.ts';
import { nextTurn } from '../../shared/inTurns.ts';
import { isExcludedFolder, isImageName } from './imageNames.ts';

export interface ScanOptions {
  /** Absolute paths that are not entered, such as the app's own data folder. */
  readonly exclude: readonly string[];
  /** Files and folders that people want left out. */
  isExcluded(path: string): boolean;
  readonly signal?: AbortSignal;
}

/** Files of one folder that are asked for their facts at once; more does not make it faster. */
const statBatch = 64;
const entriesPerTurn = 1000;

interface Walk {
  readonly options: ScanOptions;
  /** Folders ahead; the last is next, so that the walk goes deep before it goes wide. */
  readonly ahead: string[];
  readonly links: string[];
  /** 'device:inode' of every folder entered. */
  readonly entered: Set<string>;
}

/** Yields every folder below `root`, itself included, in which photos lie or which cannot be read. */
export async function* scanRoot(root: string, options: ScanOptions): AsyncGenerator<FolderListing> {
  // An excluded folder counts as entered already, so that no link leads into it either.
  const excluded = await Promise.all(options.exclude.map(identityOf));
  const entered = new Set(excluded.filter((identity) => identity !== undefined));
  const walk: Walk = { options, ahead: [root], links: [], entered };
  for (;;) {
    options.signal?.throwIfAborted();
    const folder = walk.ahead.pop() ?? walk.links.shift();
    if (folder === undefined) return;
    if (!(await enter(folder, walk))) continue;
    yield await list(folder, walk);
  }
}

async function enter(folder: string, walk: Walk): Promise<boolean> {
  // A folder that is gone by now is told by list(), which meets the same error.
  const identity = await identityOf(folder);
  if (identity === undefined) return true;
  if (walk.entered.has(identity)) return false;
  walk.entered.add(identity);
  return true;
}

async function identityOf(folder: string): Promise<string | undefined> {
  const facts = await stat(folder).catch(() => undefined);
  return facts && `${facts.dev}:${facts.ino}`;
}

async function list(folder: string, walk: Walk): Promise<FolderListing> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return { folder, unreadable: systemCode(error) ?? String(error) };
  }
  const names: string[] = [];
  for (const [i, entry] of entries.entries()) {
    // What people leave out is looked at by patterns, which takes its time in a large folder.
    if (i % entriesPerTurn === entriesPerTurn - 1) await nextTurn();
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    const isLink = !isFolder && entry.isSymbolicLink() && (await isLinkToFolder(path));
    const matters = isFolder || isLink ? !isExcludedFolder(entry.name) : isImageName(entry.name);
    if (!matters || walk.options.isExcluded(path)) continue;
    if (isFolder) walk.ahead.push(path);
    else if (isLink) walk.links.push(path);
    else names.push(entry.name);
  }
  // Two names that are no valid text can read alike.
  return { folder, files: await factsOf(folder, [...new Set(names)]) };
}

async function isLinkToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

async function factsOf(folder: string, names: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (let i = 0; i < names.length; i += statBatch) {
    const batch = names.slice(i, i + statBatch);
    for (const file of await Promise.all(batch.map((name) => factsOfFile(folder, name)))) {
      if (file) found.push(file);
    }
  }
  return found;
}

/** Undefined where the file is gone again, or is not a file. */
async function factsOfFile(folder: string, name: string): Promise<FoundFile | undefined> {
  const path = join(folder, name);
  try {
    const facts = await stat(path);
    return facts.isFile() ? toFound(name, facts) : undefined;
  } catch (error) {
    return unreachable(path, name, error);
  }
}

async function unreachable(
  path: string,
  name: string,
  error: unknown,
): Promise<FoundFile | undefined> {
  const code = systemCode(error);
  const link = await lstat(path).catch(() => undefined);
  if (link?.isSymbolicLink()) {
    const message = `${path} is a link that leads nowhere (${code}).`;
    return { ...toFound(name, link), problem: { code: 'FILE_UNREADABLE', message } };
  }
  // Node gives names as text: one that is not valid UTF-8 cannot be asked for by what it gave.
  if (name.includes('\uFFFD')) {
    const message = `The name of ${path} is not valid text; rename it.`;
    return { ...nameless(name), problem: { code: 'FILE_UNREADABLE', message } };
  }
  if (code === 'ENOENT') return undefined;
  const message = `${path} cannot be reached (${code}).`;
  return { ...nameless(name), problem: { code: 'FILE_UNREADABLE', message } };
}

function toFound(name: string, facts: Stats): FoundFile {
  return {
    name,
    bytes: facts.size,
    mtimeMs: facts.mtimeMs,
    inode: Number.isSafeInteger(facts.ino) ? facts.ino : null,
  };
}

function nameless(name: string): FoundFile {
  return { name, bytes: 0, mtimeMs: 0, inode: null };
}
