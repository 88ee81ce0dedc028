// The processes that work on a run's photos, of one kind or of two, which may change while it goes on.
import { areShared } from '../../shared/tuning.ts';
import type { DecoderAnswer, DecoderJob } from '../decode/photoDecoder.ts';
import { SlowReads } from '../decode/slowReads.ts';
import type { Embedded, EmbedderJob } from '../embed/embedder.ts';
import type { WorkerState } from '../pool/pool.ts';
import type { Effort } from '../resources.ts';
import type { Crew, CrewOptions, CrewShape } from './crew.ts';
import { SeparateCrew } from './separateCrew.ts';
import { SharedCrew } from './sharedCrew.ts';

export interface PhotoWorkersOptions extends CrewOptions {
  /** `photosEach` has become another. */
  onPhotosEach(): void;
}

/**
 * Photos in the hands of each process that decodes, one of them at work: the next is there when it is
 * done with the one before, and its file is read meanwhile.
 */
export const usualPhotosEach = 2;
/** Where files are slow to come. A search waits for a few photos more then. */
export const mostPhotosEach = 6;

type Kind = 'decode' | 'embed';

export class PhotoWorkers {
  private readonly options: PhotoWorkersOptions;
  private readonly slowReads = new SlowReads();
  private readonly open = { decode: 0, embed: 0 };
  private effort: Effort;
  private each = usualPhotosEach;
  private crew: Crew;
  /** Jobs that each has in hand. */
  private readonly jobsOf = new Map<Crew, number>();
  /** Those of another kind, which end when they have done what they were given. */
  private readonly leaving = new Set<Crew>();

  constructor(options: PhotoWorkersOptions, effort: Effort) {
    this.options = options;
    this.effort = effort;
    this.crew = this.start();
  }

  /** Where files were slow to come it has become more, until the end. */
  get photosEach(): number {
    return this.each;
  }

  /** Jobs that were not answered yet. */
  get queues(): Readonly<Record<Kind, number>> {
    return this.open;
  }

  /** @throws as Pool.run */
  async decode(job: DecoderJob): Promise<DecoderAnswer> {
    const answer = await this.counted('decode', (crew) => crew.decode(job));
    // What is recognised by its hash is read and hardly anything else.
    if (answer.image && this.slowReads.note(answer.times)) this.readFurtherAhead();
    return answer;
  }

  /** @param maxLosses processes that it may cost before it fails. @throws as Pool.run */
  embed(job: EmbedderJob, maxLosses: number): Promise<Embedded> {
    return this.counted('embed', (crew) => crew.embed(job, maxLosses));
  }

  /** From now on. No job is lost. */
  change(effort: Effort): void {
    const isOther = areShared(effort.resources) !== areShared(this.effort.resources);
    this.effort = effort;
    if (isOther) {
      this.leaving.add(this.crew);
      this.endIfDone(this.crew);
      this.crew = this.start();
    } else {
      this.crew.change(this.shape());
    }
  }

  states(): WorkerState[] {
    return this.crews().flatMap((crew) => crew.states());
  }

  /** Ends every process at once; jobs not yet answered are rejected with CANCELLED. */
  close(): void {
    for (const crew of this.crews()) crew.close();
  }

  private crews(): Crew[] {
    return [...this.leaving, this.crew];
  }

  private start(): Crew {
    const OfKind = areShared(this.effort.resources) ? SharedCrew : SeparateCrew;
    return new OfKind(this.options, this.shape());
  }

  private shape(): CrewShape {
    return { ...this.effort, photosEach: this.each };
  }

  private readFurtherAhead(): void {
    if (this.each === mostPhotosEach) return;
    this.each = mostPhotosEach;
    this.crew.change(this.shape());
    this.options.onPhotosEach();
  }

  private async counted<Answer>(kind: Kind, run: (crew: Crew) => Promise<Answer>): Promise<Answer> {
    const { crew } = this;
    this.count(kind, crew, 1);
    try {
      return await run(crew);
    } finally {
      this.count(kind, crew, -1);
      this.endIfDone(crew);
    }
  }

  private count(kind: Kind, crew: Crew, more: 1 | -1): void {
    this.open[kind] += more;
    this.jobsOf.set(crew, (this.jobsOf.get(crew) ?? 0) + more);
  }

  private endIfDone(crew: Crew): void {
    if (!this.leaving.has(crew) || (this.jobsOf.get(crew) ?? 0) > 0) return;
    this.leaving.delete(crew);
    this.jobsOf.delete(crew);
    crew.close();
  }
}
