// What the processes of a run can do, however many kinds of them there are.
import type { Model } from '../../shared/model.ts';
import type { DecoderAnswer, DecoderJob } from '../decode/photoDecoder.ts';
import type { Embedded, EmbedderJob, EmbedderSetUp } from '../embed/embedder.ts';
import type { WorkerState } from '../pool/pool.ts';
import type { PrecisionOf } from '../pools.ts';
import type { Effort } from '../resources.ts';
import type { WorkerTransports } from '../transports.ts';

/** @throws as Pool.run, from both kinds of jobs. */
export interface Crew {
  decode(job: DecoderJob): Promise<DecoderAnswer>;
  /** @param maxLosses processes that it may cost before it fails. */
  embed(job: EmbedderJob, maxLosses: number): Promise<Embedded>;
  /** More processes, fewer, or others, from now on. */
  change(shape: CrewShape): void;
  states(): WorkerState[];
  /** Ends every process at once; jobs not yet answered are rejected with CANCELLED. */
  close(): void;
}

export interface CrewOptions {
  readonly transports: WorkerTransports;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly thumbnailFolder: string;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
}

export interface CrewShape extends Effort {
  /** In the hands of each process that decodes, one of them at work. */
  readonly photosEach: number;
}

export function embedderSetUp(
  { model, precision, preparedFolder }: CrewOptions,
  { resources: { threads, provider } }: CrewShape,
): EmbedderSetUp {
  return { model, precision, threads, provider, first: 'image', preparedFolder };
}
