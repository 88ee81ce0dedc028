// Live events: tells in which folders something changed while the app is open. What changed there
// is found out by looking, the same way as in a scan.
import { basename, dirname } from 'node:path';
import { watch } from 'chokidar';
import { isExcludedFolder, isImageName } from './imageNames.ts';

export interface LiveFoldersOptions {
  readonly roots: readonly string[];
  isExcluded(path: string, root: string): boolean;
  /** Absolute paths of folders, each once, after it has been quiet for a moment. */
  onChange(folders: readonly string[]): void;
  onError(message: string): void;
}

export interface LiveFolders {
  close(): Promise<void>;
}

/** Copying a card of photos makes thousands of events; they are told of when they pause. */
const quietMs = 1500;
/** But not later than this, so that a copy that takes an hour fills the library meanwhile. */
const latestMs = 10_000;

export function watchFolders(options: LiveFoldersOptions): LiveFolders {
  const changed = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;

  const tell = () => {
    clearTimeout(quiet);
    clearTimeout(latest);
    latest = undefined;
    const folders = [...changed];
    changed.clear();
    if (folders.length > 0) options.onChange(folders);
  };
  const note = (folder: string) => {
    changed.add(folder);
    clearTimeout(quiet);
    quiet = setTimeout(tell, quietMs);
    latest ??= setTimeout(tell, latestMs);
  };

  const rootOf = (path: string) => options.roots.find((root) => path.startsWith(root)) ?? path;
  const watcher = watch([...options.roots], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => {
      if (options.roots.includes(path)) return false;
      if (stats?.isFile() && !isImageName(basename(path))) return true;
      if (!stats?.isFile() && isExcludedFolder(basename(path))) return true;
      return options.isExcluded(path, rootOf(path));
    },
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir') note(path);
    else note(dirname(path));
  });
  watcher.on('error', (error) => options.onError(String(error)));

  return {
    close: async () => {
      clearTimeout(quiet);
      clearTimeout(latest);
      await watcher.close();
    },
  };
}
