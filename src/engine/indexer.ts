// Starts runs, one at a time: what is asked for during a run follows it. Watches folders while a
// host wants that, and looks where something changed.
import type { Progress, RunReport } from '../shared/contract.ts';
import { asOcelliError, OcelliError } from '../shared/errors.ts';
import { topmost } from '../shared/folderPaths.ts';
import type { Settings } from '../shared/settings.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Root } from './catalog/roots.ts';
import { IndexingRun, type IndexingRunOptions } from './indexingRun.ts';
import type { ScanTarget } from './stages/scan.ts';
import { createExclusions } from './watch/exclusions.ts';
import { type LiveFolders, watchFolders } from './watch/liveFolders.ts';
import { rootPresence } from './watch/rootState.ts';

export interface IndexerOptions {
  readonly catalog: Catalog;
  /** Everything of a run that is not known here. */
  runOptions(): Omit<IndexingRunOptions, 'isExcluded' | 'onProgress' | 'catalog'>;
  /** Follows what a run may take of the machine, while one is under way. Returns how to stop that. */
  followEffort(): () => void;
  onProgress(progress: Progress): void;
  /** Photos came, changed or went. */
  onChange(): void;
  notice(message: string): void;
}

/** Ten minutes at two a second. */
const mostHistory = 1200;
/** How often it is looked whether a disk is connected again. */
const offlineCheckMs = 15_000;

export class Indexer {
  private readonly options: IndexerOptions;
  private run: IndexingRun | undefined;
  /** Settles when the last run that was asked for has ended; never rejects. */
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;
  /** Raised by cancel(): what was asked for before is not begun any more. */
  private epoch = 0;
  private watching = false;
  private live: LiveFolders | undefined;
  /** Settles when the folders are watched as they were last asked for. */
  private rewatched: Promise<void> = Promise.resolve();
  private offlineTimer: NodeJS.Timeout | undefined;
  readonly history: Progress[] = [];

  constructor(options: IndexerOptions) {
    this.options = options;
  }

  get current(): IndexingRun | undefined {
    return this.run;
  }

  /** Work during which no run begins. @throws RUN_IN_PROGRESS where one is under way */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.run) {
      throw new OcelliError('RUN_IN_PROGRESS', 'Photos are being indexed at this moment.');
    }
    return this.next(work);
  }

  /** The same, but a run that is under way is ended first, with those that were to follow. */
  async instead<T>(work: () => Promise<T>): Promise<T> {
    this.epoch += 1;
    this.run?.cancel();
    return this.next(work);
  }

  /** A run over these folders of the library; after the one that is under way, if there is one. */
  index(targets: () => Promise<readonly ScanTarget[]>): Promise<RunReport> {
    const { epoch } = this;
    return this.next(async () => {
      if (epoch !== this.epoch) throw stopped();
      return this.runOver(await targets());
    });
  }

  /** Ends the run that is under way, and those that were to follow. */
  async cancel(): Promise<void> {
    this.epoch += 1;
    this.run?.cancel();
    await this.last;
  }

  async startWatching(): Promise<void> {
    this.watching = true;
    this.offlineTimer = setInterval(() => void this.lookForDisks(), offlineCheckMs);
    this.offlineTimer.unref();
    await this.watchRoots();
  }

  /** To be called when roots or settings have changed. One after the other, so that none is lost. */
  watchRoots(): Promise<void> {
    this.rewatched = this.rewatched.then(() => this.rewatch());
    return this.rewatched;
  }

  private async rewatch(): Promise<void> {
    await this.live?.close();
    this.live = undefined;
    if (!this.watching || this.closed || !this.settings().watch) return;
    const roots = this.options.catalog.roots.all().filter((root) => root.state === 'online');
    if (roots.length === 0) return;
    this.live = watchFolders({
      roots: roots.map((root) => root.path),
      isExcluded: createExclusions(this.settings().exclusions),
      holdsPhotos: (folder) => this.options.catalog.roots.hasFolderWithin(folder),
      onChange: (folders) => this.lookAt(folders),
      onError: (message) => this.options.notice(`Folders cannot be watched: ${message}`),
    });
    await this.live.ready;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.offlineTimer);
    await this.live?.close();
    await this.rewatched;
    this.run?.cancel();
    await this.last;
  }

  /** One thing after the other. */
  private next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(() => {
      if (this.closed) throw stopped();
      return work();
    });
    this.last = next.catch(() => undefined);
    return next;
  }

  private settings(): Settings {
    return this.options.catalog.settings.read();
  }

  private async runOver(targets: readonly ScanTarget[]): Promise<RunReport> {
    const run = new IndexingRun({
      ...this.options.runOptions(),
      catalog: this.options.catalog,
      isExcluded: createExclusions(this.settings().exclusions),
      onProgress: (progress) => this.note(progress),
    });
    this.run = run;
    const unfollow = this.options.followEffort();
    try {
      return await run.run(targets);
    } finally {
      unfollow();
      this.run = undefined;
      this.options.onChange();
    }
  }

  private note(progress: Progress): void {
    this.history.push(progress);
    if (this.history.length > mostHistory) this.history.shift();
    this.options.onProgress(progress);
    this.options.onChange();
  }

  /** Looks where something changed. Nobody waits for this run, so its errors are told as notices. */
  private lookAt(folders: readonly string[]): void {
    const targets = async () => {
      const { roots } = this.options.catalog;
      return topmost(folders).flatMap((folder) => {
        const root = roots.containing(folder);
        return root ? [{ root, folder }] : [];
      });
    };
    this.index(targets).catch((thrown: unknown) => {
      const error = asOcelliError(thrown);
      if (error.code !== 'CANCELLED') this.options.notice(error.message);
    });
  }

  private async lookForDisks(): Promise<void> {
    for (const root of this.options.catalog.roots.all()) {
      const presence = await rootPresence(root.path);
      const there = presence.there && !presence.empty;
      if (this.closed || there === (root.state === 'online')) continue;
      this.lookAt([root.path]);
      await this.last;
      await this.watchRoots();
    }
  }
}

export function wholeRoots(roots: readonly Root[]): ScanTarget[] {
  return roots.map((root) => ({ root, folder: root.path }));
}

function stopped(): OcelliError {
  return new OcelliError('CANCELLED', 'It was stopped before it began.');
}
