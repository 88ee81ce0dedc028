// One run of indexing, from its start to its report: its processes, its progress, its end.
import type { Progress, RunReport } from '../shared/contract.ts';
import { asOcelliError, OcelliError } from '../shared/errors.ts';
import type { Model } from '../shared/model.ts';
import type { Resources } from '../shared/tuning.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Refusal } from './embed/embedder.ts';
import { indexPhotos, photosOnTheWay, type Widths } from './pipeline.ts';
import type { Courtesy } from './pool/courtesy.ts';
import { Gate } from './pool/gate.ts';
import { SlotFile } from './pool/slotFile.ts';
import { Width } from './pool/width.ts';
import type { PrecisionOf } from './pools.ts';
import { prepareModel } from './prepareModel.ts';
import type { Effort } from './resources.ts';
import type { RunContext } from './stages/runContext.ts';
import type { ScanTarget } from './stages/scan.ts';
import { RunStats } from './stats/runStats.ts';
import { Throughput } from './stats/throughput.ts';
import type { WorkerTransports } from './transports.ts';
import { hasMany } from './tuning/tuner.ts';
import type { KeptIndex } from './vectors/keptIndex.ts';
import { mostPhotosEach, PhotoWorkers, usualPhotosEach } from './workers/photoWorkers.ts';

export interface TuneOptions {
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Called where there is something to measure. */
  onBegin(): void;
}

export interface IndexingRunOptions {
  readonly catalog: Catalog;
  readonly index: KeptIndex;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly spaceId: number;
  readonly transports: WorkerTransports;
  /** To begin with. */
  readonly effort: Effort;
  readonly thumbnailFolder: string;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
  /**
   * Measures how this machine is best used, and changes the run's effort accordingly. Never rejects.
   * Undefined where that is known.
   */
  readonly tune: ((options: TuneOptions) => Promise<void>) | undefined;
  /** Photos that make a run long enough for that. */
  readonly longRunFrom: number;
  /** Towards searches. */
  readonly courtesy: Courtesy;
  readonly exclude: readonly string[];
  isExcluded(path: string, root: string): boolean;
  onProgress(progress: Progress): void;
  notice(message: string): void;
  now(): number;
}

const progressMs = 500;
/** After a cancellation, what is in the hands of workers has this long to come home. */
const graceMs = 700;
/** The room that fewer deleted vectors take is not worth the work. */
const optimiseFrom = 1000;

export class IndexingRun {
  private readonly options: IndexingRunOptions;
  private readonly stats: RunStats;
  private readonly gate = new Gate();
  private readonly abort = new AbortController();
  /** Aborted when the run has ended, in whatever way. */
  private readonly ended = new AbortController();
  private readonly throughput = new Throughput();
  private readonly inFlight = new Set<number>();
  private prepared: Promise<void> | undefined;
  private slots: { readonly file: SlotFile | undefined } | undefined;
  private workers: PhotoWorkers | undefined;
  private preparing = false;
  private tuning = false;
  private optimising = false;
  private hasToldRefusal = false;
  private effort: Effort;
  private readonly widths: { readonly decode: Width; readonly embed: Width };

  constructor(options: IndexingRunOptions) {
    this.options = options;
    this.effort = options.effort;
    const { decode, embed } = widthsFor(options.effort.resources);
    this.widths = { decode: new Width(decode), embed: new Width(embed) };
    this.stats = new RunStats(options.now());
  }

  /** Never rejects: what ended the run early is in the report. */
  async run(targets: readonly ScanTarget[]): Promise<RunReport> {
    const { catalog, now } = this.options;
    const id = catalog.runs.start(now());
    const ticker = setInterval(() => this.tell(), progressMs);
    let error: OcelliError | undefined;
    try {
      await indexPhotos(this.context(), targets);
      const stored = performance.now();
      await this.options.index.flush();
      this.stats.addTime('upsert', performance.now() - stored);
      await this.optimise();
    } catch (thrown) {
      error = asOcelliError(thrown);
    } finally {
      clearInterval(ticker);
      this.ended.abort();
      this.workers?.close();
      this.slots?.file?.close();
    }
    this.tell();
    const report = await this.report(id, targets, error);
    this.keep(report);
    return report;
  }

  pause(): void {
    // What is stopping must pass every gate to its end.
    if (this.abort.signal.aborted) return;
    this.gate.close();
    this.tell();
  }

  resume(): void {
    this.gate.open();
    this.tell();
  }

  /** Holds at once: processes that are there step back or forward, more start or some end. */
  changeEffort(effort: Effort): void {
    this.effort = effort;
    this.workers?.change(effort);
    this.fitWidths();
    this.tell();
  }

  private fitWidths(): void {
    const { decode, embed } = widthsFor(this.effort.resources, this.workers?.photosEach);
    this.widths.decode.change(decode);
    this.widths.embed.change(embed);
  }

  /** Photos not stored within a moment stay pending for the next run. */
  cancel(): void {
    if (this.abort.signal.aborted) return;
    this.abort.abort();
    this.gate.open();
    setTimeout(() => this.workers?.close(), graceMs).unref();
  }

  progress(): Progress {
    const { stats } = this;
    const unchanged = stats.unchanged.indexed + stats.unchanged.failed + stats.unchanged.skipped;
    this.throughput.record(stats.elapsedMs, stats.worked);
    const left = Math.max(0, stats.eligible - unchanged - stats.worked);
    const remainingMs = stats.scanned ? this.throughput.remainingMs(left) : undefined;
    return {
      phase: this.phase(),
      speed: this.effort.speed,
      ...(this.effort.easyFor === undefined ? {} : { easyFor: this.effort.easyFor }),
      eligible: stats.eligible,
      scanned: stats.scanned,
      unchanged,
      indexed: stats.indexed + stats.unchanged.indexed,
      failed: stats.failed + stats.unchanged.failed,
      skipped: stats.skipped + stats.unchanged.skipped,
      photosPerSecond: this.throughput.perSecond,
      ...(remainingMs === undefined ? {} : { remainingMs }),
      elapsedMs: stats.elapsedMs,
      queues: {
        decode: this.workers?.queues.decode ?? 0,
        embed: this.workers?.queues.embed ?? 0,
        store: this.inFlight.size,
      },
      stages: { ...stats.stages },
      workers: this.workers?.states() ?? [],
    };
  }

  private phase(): Progress['phase'] {
    if (this.abort.signal.aborted) return 'stopping';
    if (this.gate.isShut) return 'paused';
    if (this.optimising) return 'optimising';
    if (this.preparing) return 'preparing';
    if (this.tuning) return 'tuning';
    return this.stats.firstWork === undefined ? 'scanning' : 'indexing';
  }

  private tell(): void {
    this.options.onProgress(this.progress());
  }

  private context(): RunContext {
    const { options } = this;
    return {
      catalog: options.catalog,
      index: options.index,
      model: options.model,
      spaceId: options.spaceId,
      stats: this.stats,
      gate: this.gate,
      courtesy: options.courtesy,
      signal: this.abort.signal,
      inFlight: this.inFlight,
      prepared: () => {
        this.prepared ??= this.prepare();
        return this.prepared;
      },
      // Made when the first photo needs them: a run over unchanged files starts no process.
      workers: () => {
        this.workers ??= new PhotoWorkers(
          { ...options, onPhotosEach: () => this.fitWidths() },
          this.effort,
        );
        return this.workers;
      },
      widths: this.widths,
      batch: () => this.effort.resources.batch,
      slots: () => {
        this.slots ??= this.makeSlots();
        return this.slots.file;
      },
      exclude: options.exclude,
      isExcluded: options.isExcluded,
      notice: options.notice,
      noticeRefusal: (refusal) => this.noticeRefusal(refusal),
      now: options.now,
    };
  }

  private noticeRefusal({ provider, reason }: Refusal): void {
    if (this.hasToldRefusal) return;
    this.hasToldRefusal = true;
    this.options.notice(`The model runs on the processor, as ${provider} does not work: ${reason}`);
  }

  private async prepare(): Promise<void> {
    await this.prepareModel();
    await this.tune();
  }

  private async prepareModel(): Promise<void> {
    const { transports, model, precision, preparedFolder: folder } = this.options;
    const transport = transports.embedders;
    const { priority } = this.effort;
    const signal = AbortSignal.any([this.abort.signal, this.ended.signal]);
    const onBegin = () => {
      this.preparing = true;
      this.tell();
    };
    await prepareModel({ transport, priority, model, precision, folder, signal, onBegin });
    this.preparing = false;
  }

  /** What a short run would gain is less than measuring takes. */
  private async tune(): Promise<void> {
    const { stats, abort } = this;
    const { tune, longRunFrom } = this.options;
    if (!tune) return;
    const isLong = await hasMany({
      from: longRunFrom,
      found: () => {
        const { indexed, failed, skipped } = stats.unchanged;
        return stats.eligible - indexed - failed - skipped;
      },
      isOver: () => stats.scanned || abort.signal.aborted,
    });
    if (!isLong || abort.signal.aborted) return;
    const onBegin = () => {
      this.tuning = true;
      this.tell();
    };
    await tune({ signal: abort.signal, onBegin });
    this.tuning = false;
    this.tell();
  }

  /** As many as photos can be on their way: more cost nothing, with fewer some pixels are sent. */
  private makeSlots(): { file: SlotFile | undefined } {
    const { size } = this.options.model.manifest.image;
    const { resources } = this.effort;
    const slots = photosOnTheWay(widthsFor(resources, mostPhotosEach), resources.batch);
    return { file: SlotFile.create(slots, size * size * 3) };
  }

  private async optimise(): Promise<void> {
    if (this.abort.signal.aborted) return;
    if (this.options.index.unoptimised() < optimiseFrom) return;
    this.optimising = true;
    this.tell();
    const stopped = new Promise<void>((resolve) => {
      this.abort.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    // The addon cannot interrupt it; nobody need wait for it either.
    await Promise.race([this.options.index.optimise(), stopped]);
    this.optimising = false;
  }

  private async report(
    id: number,
    targets: readonly ScanTarget[],
    error: OcelliError | undefined,
  ): Promise<RunReport> {
    const { stats } = this;
    const roots = [...new Map(targets.map(({ root }) => [root.id, root])).values()];
    const { catalog, model, now } = this.options;
    const counts = await catalog.reader.read(
      'countsIn',
      roots.map((root) => root.id),
    );
    const cancelled = this.abort.signal.aborted;
    return {
      id,
      startedAt: stats.startedAt,
      finishedAt: now(),
      outcome: error ? 'stopped' : cancelled ? 'cancelled' : 'complete',
      ...(error ? { error: { code: error.code, message: error.message } } : {}),
      model: model.manifest.id,
      roots: roots.map((root) => root.path),
      eligible: counts.indexed + counts.failed + counts.skipped + counts.pending,
      ...counts,
      unchanged: stats.unchanged.indexed,
      recognised: stats.recognised,
      embedded: stats.embedded,
      removed: stats.removed,
      scanMs: stats.scanMs,
      workMs: stats.workMs,
      totalMs: stats.elapsedMs,
      stages: stats.stages,
    };
  }

  private keep(report: RunReport): void {
    try {
      this.options.catalog.runs.finish(report);
    } catch (error) {
      // On a full disk the report itself may not fit; the caller has it all the same.
      if (!(error instanceof OcelliError)) throw error;
      this.options.notice(`The report of this run could not be kept: ${error.message}`);
    }
  }
}

/** One batch more than embedders, so that none waits for its next one. */
function widthsFor({ decoders, embedders }: Resources, photosEach = usualPhotosEach): Widths {
  return { decode: decoders * photosEach, embed: embedders + 1 };
}
