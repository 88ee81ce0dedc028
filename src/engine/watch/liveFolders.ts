// Live events: tells in which folders something changed while the app is open. What changed there
// is found out by looking, the same way as in a scan.
//
// [Note: Watched in a thread] The watcher lists the folders in a thread of its own. chokidar looks at
// every file in this process: with 100,000 of them, seconds in which a window that opens gets nothing.
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { AsyncSubscription, Event } from '@parcel/watcher';
import { isWithin, topmost } from '../../shared/folderPaths.ts';
import { isExcludedFolder, isImageName } from './imageNames.ts';

export interface LiveFoldersOptions {
  readonly roots: readonly string[];
  isExcluded(path: string, root: string): boolean;
  /** Whether photos are known to lie in this folder or below it. */
  holdsPhotos(folder: string): boolean;
  /** Absolute paths of folders, each once, after it has been quiet for a moment. */
  onChange(folders: readonly string[]): void;
  onError(message: string): void;
}

export interface LiveFolders {
  /** Settles when every change from then on is told; never rejects. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Copying a card of photos makes thousands of events; they are told of when they pause. */
const quietMs = 1500;
/** But not later than this, so that a copy that takes an hour fills the library meanwhile. */
const latestMs = 10_000;

export function watchFolders(options: LiveFoldersOptions): LiveFolders {
  const changed = new Set<string>();
  const subscriptions: Promise<AsyncSubscription | undefined>[] = [];
  let created = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  let closed = false;

  const tell = async () => {
    clearTimeout(quiet);
    clearTimeout(latest);
    latest = undefined;
    const folders = [...changed];
    changed.clear();
    await watchCreated();
    if (folders.length > 0 && !closed) options.onChange(folders);
  };
  const note = (folder: string) => {
    if (closed) return;
    changed.add(folder);
    clearTimeout(quiet);
    quiet = setTimeout(tell, quietMs);
    latest ??= setTimeout(tell, latestMs);
  };

  const watchFolder = async (folder: string, root: string) => {
    try {
      const { subscribe } = await import('@parcel/watcher');
      // macOS tells of real paths, whatever it was asked for.
      const real = await realpath(folder);
      return await subscribe(real, (error, events) => {
        if (closed) return;
        // Events were lost: anything may have changed.
        if (error) note(folder);
        for (const { type, path } of events ?? []) {
          const event = { type, path: join(folder, relative(real, path)) };
          void lookedAt(event, root, options).then((found) => {
            if (!found) return;
            if (found.isNew) created.add(found.folder);
            note(found.folder);
          });
        }
      });
    } catch (error) {
      if (!closed && !isMissing(error)) options.onError(messageOf(error));
      return undefined;
    }
  };
  /** inotify watches single folders: those inside one that is moved here would not be among them. */
  const watchCreated = async () => {
    if (process.platform !== 'linux') return;
    const folders = topmost([...created]);
    created = new Set();
    const added = folders.flatMap((folder) => {
      const root = options.roots.find((one) => isWithin(folder, one));
      return root === undefined ? [] : [watchFolder(folder, root)];
    });
    subscriptions.push(...added);
    await Promise.all(added);
  };

  subscriptions.push(...options.roots.map((root) => watchFolder(root, root)));
  return {
    ready: Promise.all(subscriptions).then(() => {}),
    close: async () => {
      closed = true;
      clearTimeout(quiet);
      clearTimeout(latest);
      for (const subscription of subscriptions) {
        // A folder that is gone is not watched any more, and nothing is to be ended.
        await (await subscription)?.unsubscribe().catch(() => {});
      }
    },
  };
}

interface LookedAt {
  readonly folder: string;
  /** It was made, or moved here. */
  readonly isNew: boolean;
}

/** Undefined where the event is nothing to photos. */
async function lookedAt(
  { type, path }: Event,
  root: string,
  { isExcluded, holdsPhotos }: LiveFoldersOptions,
): Promise<LookedAt | undefined> {
  if (path === root) return { folder: root, isNew: false };
  const above = relative(root, dirname(path)).split(sep);
  if (above.some(isExcludedFolder) || isExcluded(path, root)) return undefined;
  const name = basename(path);
  const around = { folder: dirname(path), isNew: false };
  if (isImageName(name)) return around;
  if (isExcludedFolder(name)) return undefined;
  // Folders have any name. One that was moved here brings photos of which nothing is told.
  if (type === 'delete') return holdsPhotos(path) ? around : undefined;
  if (type === 'update') return undefined;
  const facts = await lstat(path).catch(() => undefined);
  return facts?.isDirectory() ? { folder: path, isNew: true } : undefined;
}

/** A disk that is not connected is nothing to tell of here: the next scan does. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
