// The composition root: opens the parts, joins them, and answers the contract's calls. Hosts import
// this and nothing else of the engine.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type EngineApi,
  type EventName,
  type EventPayload,
  type RunReport,
  type SearchAnswer,
  type Status,
} from '../shared/contract.ts';
import { OcelliError } from '../shared/errors.ts';
import type { Model, Precision } from '../shared/model.ts';
import { Catalog } from './catalog/catalog.ts';
import type { Space } from './catalog/contents.ts';
import type { Root } from './catalog/roots.ts';
import { IndexingRun } from './indexingRun.ts';
import { loadModel } from './models/loadModel.ts';
import { forkTransport } from './pool/forkTransport.ts';
import type { Transport } from './pool/transport.ts';
import { choosePrecision, type PrecisionOf } from './pools.ts';
import { QueryEmbedder } from './queryEmbedder.ts';
import { defaultResources, type Resources } from './resources.ts';
import { searchPhotos } from './search/searchPhotos.ts';
import { openEmbeddedIndex } from './vectors/embeddedIndex.ts';
import { KeptIndex, type VectorSource } from './vectors/keptIndex.ts';
import { rootPresence } from './watch/rootState.ts';
import { starterModelFolder } from './workerEntries.ts';

export interface EngineOptions {
  /** Where the catalogue, the index and the thumbnails lie. */
  readonly dataFolder: string;
  /** Default: the starter model. */
  readonly modelFolder?: string;
  /** Default: float32 where the model has it. */
  readonly precision?: Precision;
  readonly resources?: Partial<Resources>;
  /** How worker processes are started; below normal priority while indexing. */
  readonly transports?: { readonly indexing: Transport; readonly queries: Transport };
  /** Told from the first moment on, before anyone can subscribe. */
  readonly onNotice?: (message: string) => void;
}

/** Niceness of the processes that index, so that searches and people go first. */
const indexingPriority = 10;

type Handlers = {
  [Name in CallName]: (input: z.output<(typeof calls)[Name]['input']>) => Promise<CallOutput<Name>>;
};

/**
 * @throws DATA_IN_USE, DATA_NEWER, DATA_DAMAGED, DATA_UNWRITABLE, DISK_FULL, MODEL_MISSING,
 * MODEL_DAMAGED, ADDON_MISSING, INDEX_LOCKED
 */
export async function openEngine(options: EngineOptions): Promise<EngineApi> {
  const model = await loadModel(options.modelFolder ?? starterModelFolder);
  const catalog = Catalog.open(options.dataFolder);
  try {
    return await Engine.open(options, model, catalog);
  } catch (error) {
    catalog.close();
    throw error;
  }
}

class Engine implements EngineApi {
  private readonly options: EngineOptions;
  private readonly model: Model;
  private readonly precision: PrecisionOf;
  private readonly catalog: Catalog;
  private readonly space: Space;
  private readonly index: KeptIndex;
  private readonly queries: QueryEmbedder;
  private readonly transports: { readonly indexing: Transport; readonly queries: Transport };
  private readonly listeners = new Map<EventName, Set<(payload: never) => void>>();
  private run: IndexingRun | undefined;
  private running: Promise<RunReport> | undefined;
  private closing: Promise<void> | undefined;

  private constructor(
    options: EngineOptions,
    model: Model,
    catalog: Catalog,
    space: Space,
    index: KeptIndex,
  ) {
    this.options = options;
    this.model = model;
    this.catalog = catalog;
    this.space = space;
    this.index = index;
    this.precision = choosePrecision(model, options.precision);
    this.transports = options.transports ?? {
      indexing: forkTransport({ priority: indexingPriority }),
      queries: forkTransport(),
    };
    this.queries = new QueryEmbedder({
      transport: this.transports.queries,
      model,
      precision: this.precision,
      threads: Math.min(4, this.resources().threads * this.resources().embedders),
      thumbnailFolder: this.thumbnailFolder,
    });
  }

  static async open(options: EngineOptions, model: Model, catalog: Catalog): Promise<Engine> {
    const { id, dimensions } = model.manifest;
    const key = `${id}-${choosePrecision(model, options.precision).image}`;
    const space = catalog.contents.space(key, dimensions);
    const folder = join(options.dataFolder, 'index', key);
    const index = await KeptIndex.open({
      open: () => openEmbeddedIndex(folder, dimensions),
      discard: () => rm(folder, { recursive: true, force: true }),
      source: vectorSource(catalog, space),
      notice: (message) => options.onNotice?.(message),
    });
    return new Engine(options, model, catalog, space, index);
  }

  async call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) {
      throw new OcelliError('ARGUMENT', `${name}: ${z.prettifyError(parsed.error)}`);
    }
    return this.handlers[name](parsed.data as z.output<(typeof calls)[Name]['input']>);
  }

  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.run?.cancel();
    // Whoever asked for the run is told why it failed.
    await this.running?.catch(() => undefined);
    this.queries.close();
    await this.index.close();
    this.catalog.close();
  }

  private readonly handlers: Handlers = {
    index: ({ folders, retryFailed }) => this.startRun(folders, retryFailed),
    search: (request) => this.search(request),
    status: async () => this.status(),
    failures: async ({ limit, offset }) => this.catalog.failures.list(limit, offset),
    forget: ({ folder }) => this.forget(resolve(folder)),
    pause: async () => {
      this.run?.pause();
      return {};
    },
    resume: async () => {
      this.run?.resume();
      return {};
    },
    cancel: async () => {
      this.run?.cancel();
      await this.running;
      return {};
    },
  };

  private get thumbnailFolder(): string {
    return join(this.options.dataFolder, 'thumbnails');
  }

  private resources(): Resources {
    return { ...defaultResources(), ...this.options.resources };
  }

  private emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    for (const listener of this.listeners.get(name) ?? []) {
      (listener as (payload: EventPayload<Name>) => void)(payload);
    }
  }

  private notice(message: string): void {
    this.options.onNotice?.(message);
    this.emit('notice', { message });
  }

  /** @throws RUN_IN_PROGRESS, ROOT_MISSING */
  private async startRun(folders: readonly string[], retryFailed: boolean): Promise<RunReport> {
    this.refuseDuringRun();
    const run = new IndexingRun({
      catalog: this.catalog,
      index: this.index,
      model: this.model,
      precision: this.precision,
      spaceId: this.space.id,
      transport: this.transports.indexing,
      resources: this.resources(),
      thumbnailFolder: this.thumbnailFolder,
      exclude: [resolve(this.options.dataFolder)],
      onProgress: (progress) => this.emit('progress', progress),
      notice: (message) => this.notice(message),
      now: Date.now,
    });
    this.run = run;
    this.running = (async () => {
      const roots = await this.rootsFor(folders);
      const rootIds = roots.map((root) => root.id);
      if (retryFailed) this.catalog.failures.requeueFailed(rootIds);
      this.catalog.photos.requeueUnembedded(rootIds, this.space.id);
      return run.run(roots);
    })();
    try {
      return await this.running;
    } finally {
      this.run = undefined;
      this.running = undefined;
    }
  }

  /** All known roots for no folders; else those of the folders, which must be there if new. */
  private async rootsFor(folders: readonly string[]): Promise<Root[]> {
    if (folders.length === 0) return this.catalog.roots.all();
    const paths = folders.map((folder) => resolve(folder));
    for (const path of paths) {
      if (this.catalog.roots.containing(path)) continue;
      const presence = await rootPresence(path);
      if (presence.there) continue;
      throw new OcelliError('ROOT_MISSING', `${path} cannot be indexed: ${presence.why}.`);
    }
    // The upper folders first: those below them then belong to them.
    paths.sort((a, b) => a.length - b.length);
    const roots = new Map(paths.map((path) => this.catalog.roots.add(path)).map((r) => [r.id, r]));
    return [...roots.values()];
  }

  private refuseDuringRun(): void {
    if (!this.run) return;
    throw new OcelliError('RUN_IN_PROGRESS', 'Photos are being indexed at this moment.');
  }

  private search(request: z.output<typeof calls.search.input>): Promise<SearchAnswer> {
    return searchPhotos(
      {
        catalog: this.catalog,
        spaceId: this.space.id,
        nearest: (vector, limit, minScore) =>
          this.index.nearest(vector, { limit, ...(minScore === undefined ? {} : { minScore }) }),
        embedTexts: (texts) => this.queries.texts(texts),
        embedImage: (path) => this.queries.image(path),
        thumbnail: (sha256) => this.thumbnail(sha256),
      },
      request,
    );
  }

  private async status(): Promise<Status> {
    const counts = this.catalog.photos.counts();
    const lastRun = this.catalog.runs.last();
    return {
      eligible: counts.indexed + counts.failed + counts.skipped + counts.pending,
      ...counts,
      model: this.model.manifest.id,
      roots: this.catalog.roots.counted().map(({ path, state, photos, lastScanAt }) => ({
        path,
        state,
        photos,
        ...(lastScanAt === null ? {} : { lastScanAt }),
      })),
      points: await this.index.count(),
      dataFolder: this.options.dataFolder,
      ...(this.run ? { running: this.run.progress() } : {}),
      ...(lastRun ? { lastRun } : {}),
    };
  }

  /** Removes a root with all that is known of it: photos, contents only it had, thumbnails. */
  private async forget(path: string): Promise<{ photos: number }> {
    this.refuseDuringRun();
    const root = this.catalog.roots.named(path);
    const photos = this.catalog.photos.inRoot(root.id);
    const contentIds = new Set(photos.flatMap((photo) => photo.contentId ?? []));
    const forgotten = this.catalog.transaction(() => {
      for (const photo of photos) this.catalog.photos.remove(photo.id);
      this.catalog.roots.remove(root.id);
      return [...contentIds]
        .filter((id) => !this.catalog.photos.usesContent(id))
        .map((id) => ({ id, sha256: this.catalog.contents.remove(id) }));
    });
    await this.index.delete(forgotten.map(({ id }) => id));
    await this.index.flush();
    for (const { sha256 } of forgotten) {
      if (sha256) await rm(this.thumbnail(sha256), { force: true });
    }
    return { photos: photos.length };
  }

  private thumbnail(sha256: string): string {
    return join(this.thumbnailFolder, sha256.slice(0, 2), `${sha256}.webp`);
  }
}

function vectorSource(catalog: Catalog, space: Space): VectorSource {
  const { contents } = catalog;
  let mark = { seq: space.indexedSeq, clean: space.indexClean };
  return {
    after: (seq, limit) => contents.vectorsAfter(space.id, seq, limit),
    vector: (contentId) => contents.vector(space.id, contentId),
    liveIds: () => contents.liveIds(space.id),
    liveCount: () => contents.liveCount(space.id),
    lastSeq: () => contents.lastSeq(),
    get mark() {
      return mark;
    },
    setMark(seq, clean) {
      mark = { seq, clean };
      contents.setIndexState(space.id, seq, clean);
    },
  };
}
