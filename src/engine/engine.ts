// The composition root: opens the parts, joins them, and answers the contract's calls. Hosts import
// this and nothing else of the engine.
import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
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
import { asOcelliError, errorKind, OcelliError } from '../shared/errors.ts';
import { needsConversion } from '../shared/imageTypes.ts';
import type { Model, Precision } from '../shared/model.ts';
import type { ModelInfo, Settings } from '../shared/settings.ts';
import { thumbnailFolderOf, thumbnailPath } from '../shared/thumbnailPath.ts';
import type { Resources, TuningState } from '../shared/tuning.ts';
import { version } from '../shared/version.ts';
import { ActiveModel } from './activeModel.ts';
import { atMostEvery } from './atMostEvery.ts';
import { Catalog } from './catalog/catalog.ts';
import { requeueUnembedded, settleEmbedded } from './catalog/embeddedStates.ts';
import { defined } from './catalog/settingsStore.ts';
import { ConvertedPictures } from './convertedPictures.ts';
import { countExcluded } from './countExcluded.ts';
import { storedPictureIn } from './decode/preview/storedPicture.ts';
import { Indexer, type IndexerOptions, wholeRoots } from './indexer.ts';
import type { TuneOptions } from './indexingRun.ts';
import {
  clearThumbnails,
  forgetRoot,
  type Library,
  removeEverything,
  storageOf,
} from './maintenance.ts';
import { ModelChoice } from './modelChoice.ts';
import { loadModel } from './models/loadModel.ts';
import { Courtesy } from './pool/courtesy.ts';
import { isSamePrecision, type PrecisionOf } from './pools.ts';
import { PrecisionGate } from './precision/precisionGate.ts';
import { type Effort, effortOf } from './resources.ts';
import { rootsFor } from './rootsFor.ts';
import { searchPhotos } from './search/searchPhotos.ts';
import { type Surroundings, unknownSurroundings } from './surroundings.ts';
import { forkTransports, type Transports } from './transports.ts';
import { longRunFrom, Tuner } from './tuning/tuner.ts';
import { samplesFolder } from './workerEntries.ts';

// What hosts need to bring transports of their own.
export { forkTransport } from './pool/forkTransport.ts';
export type { FromWorker, ToWorker } from './pool/messages.ts';
export { setNiceness } from './pool/niceness.ts';
export type { StartOptions, Transport, WorkerProcess } from './pool/transport.ts';
export type { Surroundings } from './surroundings.ts';
export type { Transports, WorkerTransports } from './transports.ts';

export interface EngineOptions {
  /** Where the catalogue, the index and the thumbnails lie. */
  readonly dataFolder: string;
  /** Default: the model that people have chosen, or else the starter. */
  readonly modelFolder?: string;
  /** Default: float32 where the model has it. int8 instead of that is compared with it first. */
  readonly precision?: Precision;
  /** For benchmarks, where speed alone counts: `precision` is used without a comparison. */
  readonly trustPrecision?: boolean;
  /** Go before what was measured. Where they leave nothing open, nothing is measured before a run. */
  readonly resources?: Partial<Resources>;
  /** Photos from which a run is long enough for the machine to be measured before it; default 3,000. */
  readonly longRunFrom?: number;
  /** How worker processes are started. Default: as child processes of this Node. */
  readonly transports?: Transports;
  /** For hosts that stay open: watch the folders, and look at once what has changed. */
  readonly watch?: boolean;
  /** Of the machine and who sits at it, for hosts that know. */
  readonly surroundings?: Surroundings;
  /** Where large models lie as this machine reads them best. Default: in the data folder. */
  readonly preparedFolder?: string;
  /** Told from the first moment on, before anyone can subscribe. */
  readonly onNotice?: (message: string) => void;
}

/** How often, at most, listeners are told that the library has changed, in milliseconds. */
const libraryChangeMs = 1000;

type Handlers = {
  [Name in CallName]: (input: z.output<(typeof calls)[Name]['input']>) => Promise<CallOutput<Name>>;
};

/**
 * @throws DATA_IN_USE, DATA_NEWER, DATA_DAMAGED, DATA_UNWRITABLE, DISK_FULL, MODEL_MISSING,
 * MODEL_DAMAGED, PRECISION_REFUSED, ADDON_MISSING, INDEX_LOCKED
 */
export async function openEngine(options: EngineOptions): Promise<EngineApi> {
  const { modelFolder, dataFolder, onNotice } = options;
  const given = modelFolder === undefined ? undefined : await loadModel(modelFolder);
  const catalog = Catalog.open(dataFolder);
  // A host that stays open has a window, which begins with reads of the whole library.
  if (options.watch) catalog.reader.warm();
  try {
    const transports = options.transports ?? forkTransports();
    const notice = (message: string) => onNotice?.(message);
    const gate = new PrecisionGate({
      settings: catalog.settings,
      transports: transports.queries,
      preparedFolder: preparedFolderOf(options),
      trusting: options.trustPrecision ?? false,
      notice,
    });
    const models = new ModelChoice({
      ...{ catalog, dataFolder, given, transports, gate, notice },
      precision: options.precision,
    });
    return await Engine.open(options, { catalog, models, gate, transports });
  } catch (error) {
    await catalog.closeReads();
    catalog.close();
    throw error;
  }
}

interface Parts {
  readonly catalog: Catalog;
  readonly models: ModelChoice;
  readonly gate: PrecisionGate;
  readonly transports: Transports;
}

class Engine implements EngineApi {
  private readonly options: EngineOptions;
  private readonly catalog: Catalog;
  private readonly models: ModelChoice;
  private readonly gate: PrecisionGate;
  private active: ActiveModel;
  private readonly indexer: Indexer;
  private readonly library: Library;
  private readonly transports: Transports;
  private readonly tuner: Tuner;
  private readonly converted: ConvertedPictures;
  private readonly courtesy = new Courtesy();
  /** Ends measurements that were asked for. */
  private measuring = new AbortController();
  /** A measurement that people have asked for, while it goes on. */
  private tuning: Promise<unknown> | undefined;
  private readonly events = new EventEmitter();
  private readonly tellChange = atMostEvery(libraryChangeMs, () => this.emit('libraryChanged', {}));
  private closing: Promise<void> | undefined;

  private constructor(options: EngineOptions, parts: Parts, active: ActiveModel) {
    const { catalog, models, gate, transports } = parts;
    this.options = options;
    this.catalog = catalog;
    this.models = models;
    this.gate = gate;
    this.transports = transports;
    this.active = active;
    this.tuner = new Tuner({
      settings: catalog.settings,
      transports: transports.indexing,
      preparedFolder: preparedFolderOf(options),
    });
    this.converted = new ConvertedPictures(transports.queries.decoders);
    this.library = {
      catalog,
      index: () => this.active.index,
      dataFolder: options.dataFolder,
      thumbnail: (sha256) => thumbnailPath(thumbnailFolderOf(options.dataFolder), sha256),
    };
    this.indexer = new Indexer({
      catalog,
      runOptions: () => this.runOptions(),
      followEffort: () => this.surroundings.follow(() => this.adaptRun()),
      onProgress: (progress) => this.emit('progress', progress),
      onChange: this.tellChange,
      notice: (message) => this.notice(message),
    });
  }

  static async open(options: EngineOptions, parts: Parts): Promise<Engine> {
    const { catalog, models, transports } = parts;
    const model = await models.first();
    const { precision, isKnown } = await models.firstPrecisionOf(model);
    const active = await ActiveModel.open({
      model,
      precision,
      catalog,
      dataFolder: options.dataFolder,
      transports,
      preparedFolder: preparedFolderOf(options),
      notice: (message) => options.onNotice?.(message),
    });
    catalog.contents.distrustOtherIndexes(active.space.id);
    const engine = new Engine(options, parts, active);
    if (options.watch) engine.live();
    if (options.watch && !isKnown) void engine.confirmPrecision();
    return engine;
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
    this.events.on(name, listener);
    return () => void this.events.off(name, listener);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.measuring.abort();
    this.gate.close();
    this.converted.close();
    await this.indexer.close();
    await this.active.end();
    await this.catalog.closeReads();
    this.catalog.close();
  }

  private readonly handlers: Handlers = {
    index: ({ folders, retryFailed }) => this.startRun(folders, retryFailed),
    retry: ({ photos }) => this.retry(photos),
    ignore: async ({ photos }) => this.ignore(photos),
    search: (request) => this.search(request),
    status: () => this.status(),
    failures: async ({ limit, offset }) => this.catalog.failures.list(limit, offset),
    forget: ({ folder }) => this.forget(resolve(folder)),
    timeline: ({ filter }) => this.catalog.reader.read('timeline', filter),
    photosOf: ({ month, filter, after }) =>
      this.catalog.reader.read('photosOf', month, filter, after),
    folders: () => this.catalog.reader.read('folders'),
    photo: async ({ photo }) => this.catalog.library.details(photo) ?? unknownPhoto(photo),
    storedPicture: async ({ photo }) => {
      const details = this.catalog.library.details(photo) ?? unknownPhoto(photo);
      return (details.format === 'raw' && (await storedPictureIn(details.path))) || null;
    },
    convertedPicture: ({ photo }) => this.convertedPicture(photo),
    facets: () => this.catalog.reader.read('facets'),
    runs: async ({ limit }) => this.catalog.runs.latest(limit),
    progressHistory: async () => this.indexer.history,
    settings: async () => this.catalog.settings.read(),
    changeSettings: (patch) => this.changeSettings(defined(patch)),
    countExcluded: ({ pattern }) => countExcluded(this.catalog, pattern),
    models: () => this.models.list(this.active),
    addModel: ({ folder }) => this.addModel(resolve(folder)),
    useModel: ({ id, precision }) => this.useModel(id, precision),
    removeModel: ({ id }) => this.removeModel(id),
    tuning: async () => this.tuningState(),
    tune: () => this.tune(),
    storage: () => storageOf(this.library),
    clearThumbnails: () => this.maintain(() => clearThumbnails(this.library)),
    rebuildIndex: () => this.maintain(() => this.active.index.renew()),
    removeEverything: () => this.maintain(() => removeEverything(this.library)),
    about: async () => ({ version, samples: samplesFolder, platform: process.platform }),
    pause: async () => {
      this.indexer.current?.pause();
      return {};
    },
    resume: async () => {
      this.indexer.current?.resume();
      return {};
    },
    cancel: async () => {
      const { tuning } = this;
      this.measuring.abort();
      this.measuring = new AbortController();
      // What waits behind a measurement was not what somebody wanted to stop.
      if (tuning) await tuning.catch(() => undefined);
      else await this.indexer.cancel();
      return {};
    },
  };

  private emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.events.emit(name, payload);
  }

  private notice(message: string): void {
    this.options.onNotice?.(message);
    this.emit('notice', { message });
  }

  /** Watches the folders, then looks at what changed while nobody did: so that nothing is missed. */
  private live(): void {
    this.active.warm();
    this.indexer
      .startWatching()
      .then(async () => {
        if (this.closing || this.catalog.roots.all().length === 0) return;
        await this.lookAgain();
      })
      .catch((error: unknown) => this.notice(asOcelliError(error).message));
  }

  private runOptions(): ReturnType<IndexerOptions['runOptions']> {
    const { index, model, precision, space } = this.active;
    return {
      index,
      model,
      precision,
      spaceId: space.id,
      transports: this.transports.indexing,
      effort: this.effort(),
      tune: this.isTuningDue() ? (how) => this.tuneBeforeRun(how) : undefined,
      longRunFrom: this.options.longRunFrom ?? longRunFrom,
      courtesy: this.courtesy,
      thumbnailFolder: thumbnailFolderOf(this.options.dataFolder),
      preparedFolder: preparedFolderOf(this.options),
      exclude: [resolve(this.options.dataFolder)],
      notice: (message) => this.notice(message),
      now: Date.now,
    };
  }

  private get surroundings(): Surroundings {
    return this.options.surroundings ?? unknownSurroundings;
  }

  private effort(): Effort {
    const { resources } = this.options;
    const tuned = this.tuner.known(this.active)?.chosen;
    return effortOf(this.catalog.settings.read(), this.surroundings, resources, tuned);
  }

  /** Eco takes one core whatever was measured. */
  private isTuningDue(): boolean {
    const { decoders, embedders, threads } = this.options.resources ?? {};
    const isLeftOpen = [decoders, embedders, threads].includes(undefined);
    return isLeftOpen && this.effort().speed !== 'eco' && this.tuner.isDue(this.active);
  }

  private async tuneBeforeRun({ signal, onBegin }: TuneOptions): Promise<void> {
    try {
      const { priority } = this.effort();
      await this.tuner.beforeRun(this.active, { priority, signal }, onBegin);
      this.adaptRun();
    } catch (thrown) {
      const { code, message } = asOcelliError(thrown);
      if (code !== 'CANCELLED') this.notice(`This machine could not be measured: ${message}`);
    }
  }

  /** @throws RUN_IN_PROGRESS, CANCELLED, MODEL_* */
  private async tune(): Promise<TuningState> {
    const { signal } = this.measuring;
    await this.indexer.alone(async () => {
      this.tuning = this.tuner.measure(this.active, { priority: this.effort().priority, signal });
      await this.tuning.finally(() => {
        this.tuning = undefined;
      });
    });
    return this.tuningState();
  }

  private tuningState(): TuningState {
    const { model, precision } = this.active;
    const measured = this.tuner.known(this.active);
    return {
      model: model.manifest.id,
      modelName: model.manifest.name,
      precision: precision.image,
      cores: availableParallelism(),
      inUse: this.effort().resources,
      ...(measured ? { measured } : {}),
    };
  }

  private adaptRun(): void {
    this.indexer.current?.changeEffort(this.effort());
  }

  /** A run that nobody waits for. */
  private async lookAgain(): Promise<void> {
    try {
      await this.startRun([], false);
    } catch (thrown) {
      const error = asOcelliError(thrown);
      if (error.code !== 'CANCELLED') this.notice(error.message);
    }
  }

  private async convertedPicture(photo: number): Promise<CallOutput<'convertedPicture'>> {
    const { format, path } = this.catalog.library.details(photo) ?? unknownPhoto(photo);
    if (!needsConversion(format)) return null;
    try {
      return { jpeg: Buffer.from(await this.converted.of(path)).toString('base64') };
    } catch (error) {
      // A fault of the photo's has been told where photos are listed that have one.
      if (errorKind(asOcelliError(error).code).outcome === undefined) throw error;
      return null;
    }
  }

  /** @throws ROOT_MISSING */
  private async startRun(folders: readonly string[], retryFailed: boolean): Promise<RunReport> {
    const { catalog } = this;
    const known = catalog.roots.all().length;
    const roots = await rootsFor(catalog, folders);
    if (catalog.roots.all().length !== known) await this.indexer.watchRoots();
    this.tellChange();
    return this.indexer.index(async () => {
      const rootIds = roots.map((root) => root.id);
      if (retryFailed) catalog.failures.requeueFailed(rootIds);
      return wholeRoots(roots);
    });
  }

  private retry(photos: readonly number[]): Promise<RunReport> {
    const { catalog } = this;
    return this.indexer.index(async () => {
      const located = photos.map((id) => catalog.photos.byId(id) ?? unknownPhoto(id));
      catalog.transaction(() => {
        for (const photo of located) catalog.photos.requeue(photo.id);
      });
      const folders = [...new Set(located.map((photo) => photo.folder))];
      return folders.flatMap((folder) => {
        const root = catalog.roots.containing(folder);
        return root ? [{ root, folder }] : [];
      });
    });
  }

  private ignore(photos: readonly number[]): Record<string, never> {
    const { catalog } = this;
    const error = { code: 'IGNORED', message: 'It was left out by your wish.' } as const;
    catalog.transaction(() => {
      for (const id of photos) {
        if (catalog.photos.stateOf(id) !== 'failed') continue;
        catalog.photos.setState(id, 'skipped');
        catalog.failures.record(id, 'scan', error, Date.now());
      }
    });
    this.tellChange();
    return {};
  }

  private search(request: z.output<typeof calls.search.input>): Promise<SearchAnswer> {
    return this.courtesy.during(() =>
      this.active.use((active) => this.searchWith(active, request)),
    );
  }

  private searchWith(
    { space, index, queries }: ActiveModel,
    request: z.output<typeof calls.search.input>,
  ): Promise<SearchAnswer> {
    const { catalog } = this;
    return searchPhotos(
      {
        catalog,
        spaceId: space.id,
        nearest: (vector, options) => index.nearest(vector, options),
        embedTexts: (texts) => queries.texts(texts),
        embedImage: (path) => queries.image(path),
        embedImageData: (base64) => queries.imageData(base64),
        photo: (id) => {
          const photo = catalog.photos.byId(id) ?? unknownPhoto(id);
          const { contentId, name } = photo;
          const vector =
            contentId === null ? undefined : catalog.contents.vector(space.id, contentId);
          return { name, vector: vector ?? notIndexed(name) };
        },
      },
      request,
    );
  }

  private async status(): Promise<Status> {
    const { catalog } = this;
    const [counts, roots] = await Promise.all([
      catalog.reader.read('counts'),
      catalog.reader.read('counted'),
    ]);
    const [lastRun] = catalog.runs.latest(1);
    const running = this.indexer.current?.progress();
    const { manifest } = this.active.model;
    return {
      eligible: counts.indexed + counts.failed + counts.skipped + counts.pending,
      ...counts,
      model: manifest.id,
      modelName: manifest.name,
      precision: this.active.precision.image,
      roots: roots.map(({ path, state, photos, lastScanAt }) => ({
        path,
        state,
        photos,
        ...(lastScanAt === null ? {} : { lastScanAt }),
      })),
      points: await this.active.use(({ index }) => index.count()),
      dataFolder: this.options.dataFolder,
      ...(running ? { running } : {}),
      ...(lastRun ? { lastRun } : {}),
    };
  }

  private async forget(path: string): Promise<{ photos: number }> {
    const forgotten = await this.indexer.alone(() => forgetRoot(this.library, path));
    await this.indexer.watchRoots();
    this.tellChange();
    return forgotten;
  }

  /** @throws RUN_IN_PROGRESS */
  private async maintain(work: () => Promise<void>): Promise<Record<string, never>> {
    await this.indexer.alone(work);
    await this.indexer.watchRoots();
    this.tellChange();
    return {};
  }

  private async addModel(folder: string): Promise<ModelInfo> {
    const id = await this.models.add(folder);
    const added = (await this.models.list(this.active)).find((model) => model.id === id);
    if (added) return added;
    throw new OcelliError('INTERNAL', `${folder} was added and is not there.`);
  }

  /**
   * What the model before has embedded stays in the catalogue, so that going back costs no inference.
   * @throws MODEL_UNKNOWN, MODEL_MISSING, MODEL_DAMAGED, PRECISION_MISSING, PRECISION_REFUSED
   */
  private async useModel(id: string, wanted?: Precision): Promise<{ waiting: number }> {
    const { catalog } = this;
    const model = await this.models.named(id);
    // Compared while photos are still indexed with what is in use.
    const precision = await this.precisionFor(model, wanted);
    const wasRunning = this.indexer.current !== undefined;
    if (this.active.id !== id || !isSamePrecision(this.active.precision, precision)) {
      await this.indexer.instead(() => this.exchange(model, precision));
    }
    await this.models.remember(id, wanted);
    this.tellChange();
    const waiting = catalog.photos.counts().pending;
    if (waiting > 0 || wasRunning) {
      void this.lookAgain();
    }
    return { waiting };
  }

  /** Of a host that stays open: compares what it was opened with, and leaves it where it does not hold. */
  private async confirmPrecision(): Promise<void> {
    const { active } = this;
    try {
      const precision = await this.models.precisionOf(active.model);
      if (this.active !== active || isSamePrecision(active.precision, precision)) return;
      await this.indexer.instead(() => this.exchange(active.model, precision));
      this.tellChange();
      await this.lookAgain();
    } catch (thrown) {
      const error = asOcelliError(thrown);
      if (error.code !== 'CANCELLED') this.notice(error.message);
    }
  }

  private precisionFor(model: Model, wanted: Precision | undefined): Promise<PrecisionOf> {
    if (wanted === undefined) return this.models.precisionOf(model);
    const { name, image } = model.manifest;
    if (image.files[wanted]) return this.gate.choose(model, wanted);
    throw new OcelliError('PRECISION_MISSING', `${name} has no weights in ${wanted}.`);
  }

  /** The other one is opened first: what does not open changes nothing. */
  private async exchange(model: Model, precision: PrecisionOf): Promise<void> {
    const { options, catalog } = this;
    const before = this.active;
    const next = await ActiveModel.open({
      model,
      precision,
      catalog,
      dataFolder: options.dataFolder,
      transports: this.transports,
      preparedFolder: preparedFolderOf(options),
      notice: (message) => this.notice(message),
    });
    this.active = next;
    const online = catalog.roots.all().filter((root) => root.state === 'online');
    const rootIds = online.map((root) => root.id);
    await settleEmbedded(catalog, next.space.id);
    await requeueUnembedded(catalog, rootIds, next.space.id);
    if (options.watch) next.warm();
    await before.close();
    catalog.contents.distrustOtherIndexes(next.space.id);
  }

  /** @throws RUN_IN_PROGRESS, MODEL_IN_USE, MODEL_UNKNOWN */
  private async removeModel(id: string): Promise<Record<string, never>> {
    await this.indexer.alone(async () => {
      if (id === this.active.id) {
        throw new OcelliError('MODEL_IN_USE', `The model ${id} is the one that is in use.`);
      }
      await this.models.remove(id);
    });
    return {};
  }

  private async changeSettings(patch: Partial<Settings>): Promise<Settings> {
    const settings = this.catalog.settings.change(patch);
    this.emit('settingsChanged', settings);
    if (patch.speed !== undefined || patch.easyOnBattery !== undefined) this.adaptRun();
    if (patch.watch !== undefined || patch.exclusions) await this.indexer.watchRoots();
    if (patch.exclusions && this.options.watch) {
      void this.lookAgain();
    }
    return settings;
  }
}

function preparedFolderOf({ preparedFolder, dataFolder }: EngineOptions): string {
  return preparedFolder ?? join(dataFolder, 'prepared');
}

function unknownPhoto(id: number): never {
  throw new OcelliError('PHOTO_UNKNOWN', `The library has no photo ${id}.`);
}

function notIndexed(name: string): never {
  throw new OcelliError('PHOTO_NOT_INDEXED', `${name} is not indexed, so nothing is like it yet.`);
}
