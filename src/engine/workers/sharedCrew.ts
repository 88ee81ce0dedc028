// Processes of one kind, which decode and embed.
//
// [Note: One process a core] On the processor each of them decodes a photo or embeds a batch, and there
// are as many as cores. With as many again, some for one and some for the other, they would take turns
// of some milliseconds on each core, and each turn begin by fetching from memory what the other
// displaced (docs/decisions/0030-one-process-a-core.md). Where a graphics card embeds, or one run of the
// model has several threads, those that decode are others (separateCrew.ts).
import type { DecoderAnswer, DecoderJob } from '../decode/photoDecoder.ts';
import type { Embedded, EmbedderJob } from '../embed/embedder.ts';
import { usableCores } from '../pool/cores.ts';
import type { WorkerState } from '../pool/pool.ts';
import { createPhotoWorkers, decoderSetUp, embedding, type PhotoWorkerPool } from '../pools.ts';
import { leastPriority } from '../resources.ts';
import { type Crew, type CrewOptions, type CrewShape, embedderSetUp } from './crew.ts';
import type { PhotoWorkerSetUp } from './photoWorker.ts';

export class SharedCrew implements Crew {
  private readonly options: CrewOptions;
  private readonly pool: PhotoWorkerPool;

  constructor(options: CrewOptions, shape: CrewShape) {
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
function coresFor({ priority, resources }: CrewShape): readonly number[] {
  const cores = usableCores();
  const haveOne = cores.length === resources.embedders && priority < leastPriority;
  return haveOne ? cores : [];
}
