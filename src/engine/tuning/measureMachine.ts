// The measurement: what a model can run on here, in how many processes of how many threads, how many
// photos at a time; and what decoding costs beside it.
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { asOcelliError, OcelliError } from '../../shared/errors.ts';
import { type Precision, weightsOf } from '../../shared/model.ts';
import { type Measurement, providers, type Tuning } from '../../shared/tuning.ts';
import { graphFile, preparedGraphFolder } from '../embed/preparedGraph.ts';
import { usualBatch } from '../resources.ts';
import type { WorkerTransports } from '../transports.ts';
import { decodersFor, embedderBytes, type Room, type Shape, shapesFor } from './candidates.ts';
import { choose, wholeRate } from './choose.ts';
import { measureDecoding } from './decodeRate.ts';
import { machineKey } from './machineKey.ts';
import { type EmbeddersOptions, MeasuredEmbedders } from './measuredEmbedders.ts';
import { type Tried, tryProvider } from './tryProvider.ts';

export interface MeasureOptions extends Omit<EmbeddersOptions, 'transport'> {
  readonly transports: WorkerTransports;
  /**
   * Weights that may be chosen instead of those in use. Another precision is another embedding space,
   * in which every photo must be embedded anew: only those are given here for which that is agreed.
   */
  readonly alsoAllowed?: readonly Precision[];
  /** No further candidate is begun that would end later than this. */
  readonly budgetMs: number;
}

/** How long one candidate is measured, where two runs of the model do not take longer. */
const candidateMs = 250;
const otherBatches = [4, 16, 1];

/** @throws CANCELLED when `signal` is aborted; MODEL_* where the model does not run at all */
export async function measureMachine(options: MeasureOptions): Promise<Tuning> {
  const start = performance.now();
  const room = await roomFor(options);
  // Whatever happens, no process outlives this.
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const transport = options.transports.embedders;
  const embedding: EmbeddersOptions = { ...options, transport, signal };
  const deadline = start + options.budgetMs;
  const onProcessor = new ProcessorMeasurements(embedding, deadline);
  try {
    const { first, vectors } = await onProcessor.measureShapes(shapesFor(room));
    const tried = await tryProviders(vectors, embedding);
    await onProcessor.measureBatches();
    for (const precision of options.alsoAllowed ?? [])
      await onProcessor.measurePrecision(precision);
    const decodesPerSecond = await decodingRate(options, decodersFor(room, first.embedders));
    const measurements: [Measurement, ...Measurement[]] = [
      first,
      ...onProcessor.others,
      ...tried.flatMap((each) => each.measurements),
    ];
    const machine = { cores: room.cores, decodesPerSecond };
    const rated = measurements.map((each) => ({
      ...each,
      photosPerSecond: wholeRate(each, machine),
    }));
    const best = choose(measurements, machine);
    const { embedsPerSecond: _rate, ...chosen } = best;
    return {
      key: machineKey(options.model, options.precision.image),
      at: Date.now(),
      tookMs: performance.now() - start,
      chosen: { ...chosen, decoders: decodersFor(room, chosen.embedders) },
      photosPerSecond: wholeRate(best, machine),
      candidates: rated,
      providers: [{ provider: 'cpu', usable: true }, ...tried.map(withoutMeasurements)],
      ...(decodesPerSecond === undefined ? {} : { decodesPerSecond }),
    };
  } catch (error) {
    if (options.signal.aborted) throw new OcelliError('CANCELLED', 'Measuring was stopped.');
    throw asOcelliError(error);
  } finally {
    ending.abort();
  }
}

async function roomFor({ model, precision, preparedFolder }: MeasureOptions): Promise<Room> {
  const bytes = weightsOf(model.manifest, 'image', precision.image)?.bytes ?? 0;
  const place = preparedGraphFolder(preparedFolder, model, 'image', precision.image);
  const isPrepared = await stat(graphFile(place)).then(
    () => true,
    () => false,
  );
  return {
    cores: availableParallelism(),
    memory: process.availableMemory(),
    embedderBytes: embedderBytes(bytes, isPrepared),
  };
}

/** All at once: most are refused in a moment, and those that work hardly need the processor. */
function tryProviders(expected: Float32Array, options: EmbeddersOptions): Promise<Tried[]> {
  const others = providers.filter((provider) => provider !== 'cpu');
  return Promise.all(others.map((provider) => tryProvider(provider, expected, options)));
}

async function decodingRate(
  { transports, priority, model, signal }: MeasureOptions,
  decoders: number,
): Promise<number | undefined> {
  const transport = transports.decoders;
  try {
    return await measureDecoding({ transport, priority, model, decoders, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

/** What is measured on the processor; the processes of the best shape stay open meanwhile. */
class ProcessorMeasurements {
  readonly others: Measurement[] = [];
  private readonly options: EmbeddersOptions;
  private readonly deadline: number;
  private best: { readonly embedders: MeasuredEmbedders; readonly rate: number } | undefined;

  constructor(options: EmbeddersOptions, deadline: number) {
    this.options = options;
    this.deadline = deadline;
  }

  /** The first one however long it takes; further ones while there is time. */
  async measureShapes(
    shapes: readonly Shape[],
  ): Promise<{ first: Measurement; vectors: Float32Array }> {
    let first: Measurement | undefined;
    let expected = new Float32Array(0);
    let slowestMs = 0;
    for (const shape of shapes) {
      if (first && performance.now() + slowestMs > this.deadline) break;
      const start = performance.now();
      const embedders = await MeasuredEmbedders.open(this.options, shape, 'cpu');
      const { embedsPerSecond, vectors } = await embedders.measure(usualBatch, candidateMs);
      slowestMs = Math.max(slowestMs, performance.now() - start);
      const measurement = this.measurement(embedders, usualBatch, embedsPerSecond);
      if (first) this.others.push(measurement);
      else expected = new Float32Array(vectors);
      first ??= measurement;
      this.keepBetter(embedders, embedsPerSecond);
    }
    if (!first) throw new OcelliError('INTERNAL', 'There was nothing to measure.');
    return { first, vectors: expected };
  }

  /** Of the best shape: those that there is time for. */
  async measureBatches(): Promise<void> {
    if (!this.best) return;
    const { embedders, rate } = this.best;
    const { embedders: processes } = embedders.shape;
    for (const batch of otherBatches) {
      const expectedMs = Math.max(candidateMs, (2000 * batch * processes) / rate);
      if (performance.now() + expectedMs > this.deadline) continue;
      const { embedsPerSecond } = await embedders.measure(batch, candidateMs);
      this.others.push(this.measurement(embedders, batch, embedsPerSecond));
    }
  }

  /** The best shape, with other weights. */
  async measurePrecision(image: Precision): Promise<void> {
    if (!this.best || image === this.options.precision.image) return;
    const options = { ...this.options, precision: { ...this.options.precision, image } };
    const embedders = await MeasuredEmbedders.open(options, this.best.embedders.shape, 'cpu');
    const { embedsPerSecond } = await embedders.measure(usualBatch, candidateMs);
    embedders.close();
    const measurement = this.measurement(embedders, usualBatch, embedsPerSecond);
    this.others.push({ ...measurement, precision: image });
  }

  private keepBetter(embedders: MeasuredEmbedders, rate: number): void {
    if (this.best && this.best.rate >= rate) {
      embedders.close();
      return;
    }
    this.best?.embedders.close();
    this.best = { embedders, rate };
  }

  private measurement(
    { shape }: MeasuredEmbedders,
    batch: number,
    embedsPerSecond: number,
  ): Measurement {
    const { image: precision } = this.options.precision;
    return { provider: 'cpu', precision, ...shape, batch, embedsPerSecond };
  }
}

function withoutMeasurements({ measurements: _measurements, ...tried }: Tried) {
  return tried;
}
