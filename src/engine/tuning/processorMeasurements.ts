// What is measured on the processor: shapes, each against the best so far; then batches of the best.
//
// [Note: Turns] Other programs, other guests of the same host and the machine's own clock slow a
// measurement down by as much as three times, for seconds on end. So what is compared takes turns in
// short slices, and the fastest slice of each counts: whatever else goes on can only make it slower.
// What is usual has the most slices, and only what is ahead of it has further ones: an upset must hold.
import type { Measurement } from '../../shared/tuning.ts';
import type { PrecisionOf } from '../pools.ts';
import { usualBatch } from '../resources.ts';
import type { Shape } from './candidates.ts';
import { isGain } from './choose.ts';
import { type EmbeddersOptions, MeasuredEmbedders } from './measuredEmbedders.ts';

/** How long a slice is, where two runs of the model do not take longer. */
const sliceMs = 80;
/** Two shapes take turns for so long: a slow model has a single turn, unless there is an upset. */
const shapesMs = 450;
const mostTurns = 4;
/** Those that are likely to be best first, as there may not be time for all. */
const otherBatches: readonly number[] = [4, 16, 2, 1];

export interface Instead {
  readonly measurement: Measurement;
  /** What the model says of the test pictures, batch × dimensions. */
  readonly vectors: Float32Array;
}

export class ProcessorMeasurements {
  private readonly options: EmbeddersOptions;
  private readonly deadline: number;
  /** By way to run the model, in the order in which they were begun. */
  private readonly fastest = new Map<string, Measurement>();
  /** Its processes stay open. */
  private best: MeasuredEmbedders | undefined;

  /** @param deadline no further candidate is begun that would end later, as performance.now() tells. */
  constructor(options: EmbeddersOptions, deadline: number) {
    this.options = options;
    this.deadline = deadline;
  }

  /** In the precision in use. */
  get all(): Measurement[] {
    const { image } = this.options.precision;
    return [...this.fastest.values()].filter(({ precision }) => precision === image);
  }

  /**
   * The first one however long it takes; further ones while there is time.
   * @returns what the model says of the test pictures, batch × dimensions
   */
  async measureShapes([first, ...others]: readonly [Shape, ...Shape[]]): Promise<Float32Array> {
    const start = performance.now();
    const embedders = await MeasuredEmbedders.open(this.options, first, 'cpu');
    const vectors = new Float32Array(await this.slice(embedders, usualBatch));
    this.best = embedders;
    let slowestMs = performance.now() - start;
    for (const shape of others) {
      const before = performance.now();
      if (before + slowestMs > this.deadline) break;
      this.best = await this.better(this.best, shape);
      slowestMs = Math.max(slowestMs, performance.now() - before);
    }
    return vectors;
  }

  /** Of the best shape: those that there is time for. */
  async measureBatches(): Promise<void> {
    const { best } = this;
    if (!best) return;
    let ahead = otherBatches;
    for (let turn = 0; turn < mostTurns && ahead.length > 0; turn++) {
      for (const batch of [...ahead, usualBatch]) {
        if (performance.now() + this.expectedMs(best, batch) > this.deadline) continue;
        await this.slice(best, batch);
      }
      const usual = this.rateOf(best, usualBatch);
      ahead = ahead.filter((batch) => isGain(this.rateOf(best, batch), usual));
    }
  }

  /** The best shape in another precision, in turns with it as it is. Undefined where time has run out. */
  async measureInstead(precision: PrecisionOf): Promise<Instead | undefined> {
    const { best } = this;
    if (!best || performance.now() > this.deadline) return undefined;
    const instead = await MeasuredEmbedders.open({ ...this.options, precision }, best.shape, 'cpu');
    let vectors = new Float32Array(0);
    for (let turn = 0; turn < mostTurns; turn++) {
      vectors = new Float32Array(await this.slice(instead, usualBatch));
      await this.slice(best, usualBatch);
    }
    instead.close();
    const measurement = this.measurementOf(instead, usualBatch);
    return measurement && { measurement, vectors };
  }

  /** The processes of the other shape are closed. */
  private async better(best: MeasuredEmbedders, shape: Shape): Promise<MeasuredEmbedders> {
    const other = await MeasuredEmbedders.open(this.options, shape, 'cpu');
    const isBetter = () => {
      return isGain(this.rateOf(other, usualBatch), this.rateOf(best, usualBatch));
    };
    const start = performance.now();
    await this.slice(other, usualBatch);
    for (let turn = 1; turn < mostTurns; turn++) {
      if (performance.now() - start > shapesMs && !isBetter()) break;
      await this.slice(best, usualBatch);
      await this.slice(other, usualBatch);
    }
    const [better, worse] = isBetter() ? [other, best] : [best, other];
    worse.close();
    return better;
  }

  /** @returns what the model says of the test pictures */
  private async slice(embedders: MeasuredEmbedders, batch: number): Promise<Float32Array> {
    const { throughput: embedsPerSecond, vectors } = await embedders.measure(batch, sliceMs);
    const key = keyOf(embedders, batch);
    const known = this.fastest.get(key);
    if (!known || embedsPerSecond > known.embedsPerSecond) {
      const { shape, precision } = embedders;
      const way = { provider: 'cpu', precision, ...shape, batch } as const;
      this.fastest.set(key, { ...way, embedsPerSecond });
    }
    return vectors;
  }

  /** 0 where it was not measured. */
  private rateOf(embedders: MeasuredEmbedders, batch: number): number {
    return this.measurementOf(embedders, batch)?.embedsPerSecond ?? 0;
  }

  private measurementOf(embedders: MeasuredEmbedders, batch: number): Measurement | undefined {
    return this.fastest.get(keyOf(embedders, batch));
  }

  /** A slice is two runs of the model at least. */
  private expectedMs(embedders: MeasuredEmbedders, batch: number): number {
    const rate = this.rateOf(embedders, batch) || this.rateOf(embedders, usualBatch);
    return Math.max(sliceMs, (2000 * batch * embedders.shape.embedders) / rate);
  }
}

function keyOf({ shape, precision }: MeasuredEmbedders, batch: number): string {
  return [precision, shape.embedders, shape.threads, batch].join(' × ');
}
