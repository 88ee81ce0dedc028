// The measurement: what a model can run on here, in how many processes of how many threads, how many
// photos at a time; and what decoding costs beside it.
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { asOcelliError, OcelliError } from '../../shared/errors.ts';
import { weightsOf } from '../../shared/model.ts';
import {
  type Measurement,
  providers,
  type TriedProvider,
  type Tuning,
} from '../../shared/tuning.ts';
import { graphFile, preparedGraphFolder } from '../embed/preparedGraph.ts';
import type { PrecisionOf } from '../pools.ts';
import type { WorkerTransports } from '../transports.ts';
import { decodersFor, embedderBytes, type Room, shapesFor } from './candidates.ts';
import { choose, wholeRate } from './choose.ts';
import { measureDecoding } from './decodeRate.ts';
import { machineKey } from './machineKey.ts';
import type { EmbeddersOptions } from './measuredEmbedders.ts';
import { ProcessorMeasurements } from './processorMeasurements.ts';
import { type Trial, type Tried, tryProvider } from './tryProvider.ts';

export interface MeasureOptions extends Omit<EmbeddersOptions, 'transport'> {
  readonly transports: WorkerTransports;
  /** No further candidate is begun that would end later than this. */
  readonly budgetMs: number;
  /** How long each execution provider may take to open the model. */
  readonly patienceMs: number;
  /** Another precision, which is never chosen: how fast it would be. */
  readonly instead?: PrecisionOf | undefined;
}

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
    const shapes = shapesFor(room);
    const expected = await onProcessor.measureShapes(shapes);
    const toBeat = Math.max(...onProcessor.all.map((each) => each.embedsPerSecond));
    const { patienceMs } = options;
    const tried = await tryProviders({ expected, toBeat, patienceMs }, embedding);
    await onProcessor.measureBatches();
    const instead = await measureInstead(onProcessor, tried, { ...options, ...embedding });
    const decodesPerSecond = await decodingRate(options, decodersFor(room, shapes[0].embedders));
    const measurements = [...onProcessor.all, ...tried.flatMap((each) => each.measurements)];
    const machine = { cores: room.cores, decodesPerSecond };
    const rated = [...measurements, ...instead].map((each) => ({
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
function tryProviders(trial: Trial, options: EmbeddersOptions): Promise<Tried[]> {
  const others = providers.filter((provider) => provider !== 'cpu');
  return Promise.all(others.map((provider) => tryProvider(provider, trial, options)));
}

/**
 * The other precision, on the processor and on what works here. Nothing is chosen by it, so nothing
 * else is lost where those weights do not run.
 */
async function measureInstead(
  onProcessor: ProcessorMeasurements,
  tried: readonly Tried[],
  { instead: precision, signal, ...options }: MeasureOptions & EmbeddersOptions,
): Promise<Measurement[]> {
  if (!precision) return [];
  try {
    const instead = await onProcessor.measureInstead(precision);
    if (!instead) return [];
    const { measurement, vectors: expected } = instead;
    const { embedsPerSecond: toBeat } = measurement;
    const trial = { expected, toBeat, patienceMs: options.patienceMs };
    const others = await Promise.all(
      tried
        .filter(({ hasAnswered }) => hasAnswered)
        .map(({ provider }) => tryProvider(provider, trial, { ...options, precision, signal })),
    );
    return [measurement, ...others.flatMap(({ measurements }) => measurements)];
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
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

function withoutMeasurements({ provider, usable, reason }: Tried): TriedProvider {
  return { provider, usable, ...(reason === undefined ? {} : { reason }) };
}
