// The processes that work on a run's photos.
//
// [Note: One process a core] On the processor each of them decodes and embeds, a photo or a batch at a
// time, and there are as many as cores. With as many again, some for one and some for the other, they
// would take turns of some milliseconds on each core, and each turn begin by fetching from memory what
// the other displaced (docs/decisions/0030-one-process-a-core.md). Where a graphics card embeds, or one
// run of the model has several threads, those that decode are others.
import type { Model } from '../shared/model.ts';
import type { Resources } from '../shared/tuning.ts';
import type { DecoderAnswer, DecoderJob } from './decode/photoDecoder.ts';
import { SlowReads } from './decode/slowReads.ts';
import type { Embedded, EmbedderJob, EmbedderSetUp } from './embed/embedder.ts';
import type { PhotoWorkerSetUp } from './photoWorker.ts';
import { usableCores } from './pool/cores.ts';
import type { WorkerState } from './pool/pool.ts';
import {
  createDecoders,
  createEmbedders,
  createPhotoWorkers,
  type DecoderPool,
  decoderSetUp,
  type EmbedderPool,
  embedding,
  type PhotoWorkerPool,
  type PrecisionOf,
} from './pools.ts';
import { type Effort, leastPriority } from './resources.ts';
import type { WorkerTransports } from './transports.ts';

export interface PhotoWorkersOptions {
  readonly transports: WorkerTransports;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly thumbnailFolder: string;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
  /** `photosEach` has become another. */
  onPhotosEach(): void;
}

/**
 * Photos that a process which decodes has in hand at once, and one of them at work: the next is there
 * when it is done with the one before, and its file is read meanwhile.
 */
export const usualPhotosEach = 2;
/** Where files are waited for. A search then waits for a few photos more; processors have time for it. */
export const mostPhotosEach = 6;
/** Batches with each process that embeds alone. */
const batchesEach = 2;

interface CrewShape extends Effort {
  readonly photosEach: number;
}

/** What there is for one way to share the machine. */
interface Crew {
  decode(job: DecoderJob): Promise<DecoderAnswer>;
  /** @param maxLosses processes that it may cost before it fails. */
  embed(job: EmbedderJob, maxLosses: number): Promise<Embedded>;
  /** More processes, fewer, or others, from now on. */
  change(shape: CrewShape): void;
  states(): WorkerState[];
  close(): void;
}

export class PhotoWorkers {
  private readonly options: PhotoWorkersOptions;
  private readonly open = { decode: 0, embed: 0 };
  private readonly slowReads = new SlowReads();
  private effort: Effort;
  private each: number = usualPhotosEach;
  private crew: Crew;
  /** Of another kind, with jobs in hand. */
  private readonly leaving = new Set<Crew>();
  private readonly jobsOf = new Map<Crew, number>();

  constructor(options: PhotoWorkersOptions, effort: Effort) {
    this.options = options;
    this.effort = effort;
    this.crew = this.start();
  }

  /** Photos in hand of each process that decodes. Once files were slow to come, more until the end. */
  get photosEach(): number {
    return this.each;
  }

  /** @throws as Pool.run */
  async decode(job: DecoderJob): Promise<DecoderAnswer> {
    const answer = await this.counted('decode', (crew) => crew.decode(job));
    if (this.slowReads.note(answer.times) && this.each === usualPhotosEach) {
      this.each = mostPhotosEach;
      this.crew.change(this.shape());
      this.options.onPhotosEach();
    }
    return answer;
  }

  /** @throws as Pool.run */
  embed(job: EmbedderJob, maxLosses: number): Promise<Embedded> {
    return this.counted('embed', (crew) => crew.embed(job, maxLosses));
  }

  /** No job is lost: processes of another kind end when they have done what they were given. */
  change(effort: Effort): void {
    const isOther = canShare(effort.resources) !== canShare(this.effort.resources);
    this.effort = effort;
    if (!isOther) {
      this.crew.change(this.shape());
      return;
    }
    this.leaving.add(this.crew);
    this.endIfDone(this.crew);
    this.crew = this.start();
  }

  /** Jobs that were not answered yet. */
  get queues(): { readonly decode: number; readonly embed: number } {
    return this.open;
  }

  states(): WorkerState[] {
    return [...this.leaving, this.crew].flatMap((crew) => crew.states());
  }

  /** Ends every process at once; jobs not yet answered are rejected with CANCELLED. */
  close(): void {
    for (const crew of [...this.leaving, this.crew]) crew.close();
  }

  private shape(): CrewShape {
    return { ...this.effort, photosEach: this.each };
  }

  private start(): Crew {
    const OfKind = canShare(this.effort.resources) ? SharedCrew : SeparateCrew;
    return new OfKind(this.options, this.shape());
  }

  private async counted<Answer>(
    kind: 'decode' | 'embed',
    run: (crew: Crew) => Promise<Answer>,
  ): Promise<Answer> {
    const { crew } = this;
    this.open[kind] += 1;
    this.jobsOf.set(crew, (this.jobsOf.get(crew) ?? 0) + 1);
    try {
      return await run(crew);
    } finally {
      this.open[kind] -= 1;
      this.jobsOf.set(crew, (this.jobsOf.get(crew) ?? 0) - 1);
      this.endIfDone(crew);
    }
  }

  private endIfDone(crew: Crew): void {
    if (!this.leaving.has(crew) || (this.jobsOf.get(crew) ?? 0) > 0) return;
    this.leaving.delete(crew);
    this.jobsOf.delete(crew);
    crew.close();
  }
}

/** See the note above. */
export function canShare({ decoders, embedders, threads, provider }: Resources): boolean {
  return provider === 'cpu' && threads === 1 && decoders === embedders;
}

class SharedCrew implements Crew {
  private readonly options: PhotoWorkersOptions;
  private readonly pool: PhotoWorkerPool;

  constructor(options: PhotoWorkersOptions, shape: CrewShape) {
    this.options = options;
    this.pool = createPhotoWorkers(options.transports.decoders, {
      name: 'worker',
      ...this.poolShape(shape),
    });
  }

  async decode(job: DecoderJob): Promise<DecoderAnswer> {
    return (await this.pool.run(job)) as DecoderAnswer;
  }

  /** Before photos that wait: pixels are held until then. */
  async embed(job: EmbedderJob, maxLosses: number): Promise<Embedded> {
    const terms = { ...embedding, maxLosses, isUrgent: true };
    return (await this.pool.run(job, terms)) as Embedded;
  }

  change(shape: CrewShape): void {
    this.pool.change(this.poolShape(shape));
  }

  states(): WorkerState[] {
    return this.pool.states();
  }

  close(): void {
    this.pool.close();
  }

  private poolShape(shape: CrewShape) {
    const { priority, resources, photosEach } = shape;
    const setUp: PhotoWorkerSetUp = {
      decoder: decoderSetUp(this.options.model, this.options.thumbnailFolder),
      embedder: embedderSetUp(this.options, shape),
    };
    const cores = coresFor(shape);
    return { size: resources.embedders, depth: photosEach, priority, cores, setUp };
  }
}

/**
 * Each its own, where all of them have one. Who lets everybody else go first takes what is free,
 * wherever that is; and fewer processes than cores are moved to those that rest.
 */
function coresFor({ priority, resources }: Effort): readonly number[] {
  const cores = usableCores();
  const haveOne = cores.length === resources.embedders && priority < leastPriority;
  return haveOne ? cores : [];
}

class SeparateCrew implements Crew {
  private readonly options: PhotoWorkersOptions;
  private readonly decoders: DecoderPool;
  private readonly embedders: EmbedderPool;

  constructor(options: PhotoWorkersOptions, shape: CrewShape) {
    this.options = options;
    const { transports, model, thumbnailFolder } = options;
    const { resources, priority, photosEach } = shape;
    this.decoders = createDecoders(transports.decoders, {
      ...{ name: 'decoder', size: resources.decoders, depth: photosEach, priority },
      ...{ model, thumbnailFolder },
    });
    this.embedders = createEmbedders(transports.embedders, {
      ...{ name: 'embedder', size: resources.embedders, depth: batchesEach, priority },
      ...embedderSetUp(options, shape),
    });
  }

  decode(job: DecoderJob): Promise<DecoderAnswer> {
    return this.decoders.run(job);
  }

  embed(job: EmbedderJob, maxLosses: number): Promise<Embedded> {
    return this.embedders.run(job, { maxLosses });
  }

  change(shape: CrewShape): void {
    const { decoders, embedders } = shape.resources;
    const { priority, photosEach } = shape;
    this.decoders.change({ ...this.decoders.now, size: decoders, depth: photosEach, priority });
    const setUp = embedderSetUp(this.options, shape);
    this.embedders.change({ ...this.embedders.now, size: embedders, priority, setUp });
  }

  states(): WorkerState[] {
    return [...this.decoders.states(), ...this.embedders.states()];
  }

  close(): void {
    this.decoders.close();
    this.embedders.close();
  }
}

function embedderSetUp(
  { model, precision, preparedFolder }: PhotoWorkersOptions,
  { resources: { threads, provider } }: Effort,
): EmbedderSetUp {
  return { model, precision, threads, provider, first: 'image', preparedFolder };
}
