// Embedder processes that are measured: the real ones, all at once, on pictures of nothing.
import type { Model, Precision } from '../../shared/model.ts';
import type { Provider } from '../../shared/tuning.ts';
import type { Transport } from '../pool/transport.ts';
import { createEmbedders, type EmbedderPool, type PrecisionOf } from '../pools.ts';
import type { Shape } from './candidates.ts';

export interface EmbeddersOptions {
  readonly transport: Transport;
  /** Niceness. */
  readonly priority: number;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly preparedFolder: string;
  readonly signal: AbortSignal;
}

export interface EmbeddingRate {
  /** Of all processes together, in runs of the model that were hardly disturbed. */
  readonly embedsPerSecond: number;
  /** The same, in all runs: what disturbs them is in it, each other included. */
  readonly throughput: number;
  /** Of the first process: batch × dimensions. */
  readonly vectors: Float32Array;
}

export class MeasuredEmbedders {
  readonly shape: Shape;
  readonly precision: Precision;
  /** One process each: so all of them are at work while one is measured. */
  private readonly pools: readonly EmbedderPool[];
  private readonly signal: AbortSignal;
  private readonly stop = () => this.close();

  private constructor(options: EmbeddersOptions, shape: Shape, provider: Provider) {
    const { transport, priority, model, precision, preparedFolder, signal } = options;
    this.shape = shape;
    this.precision = precision.image;
    this.signal = signal;
    this.pools = Array.from({ length: shape.embedders }, () =>
      createEmbedders(transport, {
        ...{ name: 'measured embedder', size: 1, depth: 1, priority },
        ...{ model, precision, threads: shape.threads, preparedFolder, provider },
      }),
    );
    signal.addEventListener('abort', this.stop, { once: true });
  }

  /** Runs the model once in each, which opens it. @throws what a run is refused with */
  static async open(
    options: EmbeddersOptions,
    shape: Shape,
    provider: Provider,
  ): Promise<MeasuredEmbedders> {
    options.signal.throwIfAborted();
    const embedders = new MeasuredEmbedders(options, shape, provider);
    try {
      await embedders.measure(1, 0);
      return embedders;
    } catch (error) {
      embedders.close();
      throw error;
    }
  }

  /** @param forMs how long at least; two runs of the model are made in any case. */
  async measure(batch: number, forMs: number): Promise<EmbeddingRate> {
    const runs = await Promise.all(
      this.pools.map((pool) => pool.run({ measure: { batch, forMs } }, { maxLosses: 1 })),
    );
    const rate = (ms: number) => (batch * 1000) / ms;
    return {
      embedsPerSecond: runs.reduce((sum, { ms }) => sum + rate(ms), 0),
      throughput: runs.reduce((sum, { ms, meanMs = ms }) => sum + rate(meanMs), 0),
      vectors: runs[0]?.vectors ?? new Float32Array(0),
    };
  }

  close(): void {
    this.signal.removeEventListener('abort', this.stop);
    for (const pool of this.pools) pool.close();
  }
}
