// How many processes a run may have, with how many threads each, and at which priority.
import { availableParallelism, totalmem } from 'node:os';
import type { Progress } from '../shared/contract.ts';
import type { Settings } from '../shared/settings.ts';
import type { Resources } from '../shared/tuning.ts';
import type { Surroundings } from './surroundings.ts';
import { decodersFor, embedderBytes, shapesFor } from './tuning/candidates.ts';

export type Speed = Settings['speed'];

/** What a run may take of the machine at this moment. */
export interface Effort {
  readonly speed: Speed;
  readonly resources: Resources;
  /** Niceness of its processes. */
  readonly priority: number;
  /** Why it takes less than is set. */
  readonly easyFor?: NonNullable<Progress['easyFor']>;
}

/** Photos per run of the model where nothing was measured: a processor gains nothing beyond. */
export const usualBatch = 8;

/** One step down. */
const easier: Readonly<Record<Speed, Speed>> = { full: 'balanced', balanced: 'eco', eco: 'eco' };

/**
 * @param overrides what the host was told to use, whatever the speed.
 * @param tuned what was measured to be best on this machine.
 */
export function effortOf(
  { speed, easyOnBattery }: Pick<Settings, 'speed' | 'easyOnBattery'>,
  { onBattery, isInUse }: Pick<Surroundings, 'onBattery' | 'isInUse'>,
  overrides: Partial<Resources> = {},
  tuned?: Resources,
): Effort {
  const taken = onBattery && easyOnBattery ? easier[speed] : speed;
  // Of the other two, eco is as far back as can be already, and full is not asked to step back.
  const yields = taken === 'balanced' && isInUse;
  const easyFor = taken !== speed ? 'battery' : yields ? 'person' : undefined;
  return {
    speed: taken,
    resources: { ...resourcesOf(taken, tuned), ...overrides },
    priority: prioritiesOf[yields ? 'eco' : taken],
    ...(easyFor === undefined ? {} : { easyFor }),
  };
}

/**
 * Niceness of the processes that index, so that searches and people go first. Full takes all that
 * nobody else wants: at 0 it would hold up the window (0005-processes.md).
 */
const prioritiesOf: Readonly<Record<Speed, number>> = { eco: 19, balanced: 10, full: 5 };
/** Of who lets everybody else go first. */
export const leastPriority = prioritiesOf.eco;

/** Eco takes a single core; else what was measured, or the usual. */
export function resourcesOf(speed: Speed, tuned = usualResources()): Resources {
  if (speed !== 'eco') return tuned;
  return { decoders: 1, embedders: 1, threads: 1, batch: usualBatch, provider: 'cpu' };
}

/** Of the machine's memory. What is free changes while a run goes on, and with it its processes would. */
const shareOfMemory = 0.5;

/** One embedder of one thread and one decoder for each core, as far as memory goes (0026-many-cores.md). */
export function usualResources(
  cores = availableParallelism(),
  memory = memoryOfMachine(),
): Resources {
  const room = { cores, memory: memory * shareOfMemory, embedderBytes: embedderBytes(0, true) };
  const [{ embedders, threads }] = shapesFor(room);
  const decoders = decodersFor(room, embedders);
  return { decoders, embedders, threads, batch: usualBatch, provider: 'cpu' };
}

/** Bytes that there are, or that this process may have of them. */
function memoryOfMachine(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** A query is short: more threads than this only wait for each other. */
export function queryThreads(cores = availableParallelism()): number {
  return Math.min(4, cores);
}
