// Processes that decode, and others that embed: a graphics card wants one that does nothing else, and so
// does a model with several threads. When one process does both: sharedCrew.ts.
import type { DecoderAnswer, DecoderJob } from '../decode/photoDecoder.ts';
import type { Embedded, EmbedderJob } from '../embed/embedder.ts';
import type { WorkerState } from '../pool/pool.ts';
import { createDecoders, createEmbedders, type DecoderPool, type EmbedderPool } from '../pools.ts';
import { type Crew, type CrewOptions, type CrewShape, embedderSetUp } from './crew.ts';

/** In the hands of each that embeds, so that it need not wait for the next one. */
const batchesEach = 2;

export class SeparateCrew implements Crew {
  private readonly options: CrewOptions;
  private readonly decoders: DecoderPool;
  private readonly embedders: EmbedderPool;

  constructor(options: CrewOptions, shape: CrewShape) {
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
