// How many processes a run may have, with how many threads each, and at which priority.
import { availableParallelism } from 'node:os';
import type { Progress } from '../shared/contract.ts';
import type { Settings } from '../shared/settings.ts';
import type { Resources } from '../shared/tuning.ts';
import type { Surroundings } from './surroundings.ts';

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

/** Sessions beyond this cost memory (a model each) and gain little over more threads in each. */
const mostEmbedders = 4;
const mostDecoders = 16;
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

/** Eco takes a single core; else what was measured, or the usual. */
export function resourcesOf(speed: Speed, tuned = usualResources()): Resources {
  if (speed !== 'eco') return tuned;
  return { decoders: 1, embedders: 1, threads: 1, batch: usualBatch, provider: 'cpu' };
}

/**
 * One embedder of one thread per core is fastest on small machines (seed.md: 39 against 36 photos/s
 * in float32, 151 against 127 in int8); decoders share the cores, as the system sees fit.
 */
export function usualResources(cores = availableParallelism()): Resources {
  const embedders = Math.min(cores, mostEmbedders);
  return {
    decoders: Math.min(cores, mostDecoders),
    embedders,
    threads: Math.max(1, Math.floor(cores / embedders)),
    batch: usualBatch,
    provider: 'cpu',
  };
}

/** A query is short: more threads than this only wait for each other. */
export function queryThreads(cores = availableParallelism()): number {
  return Math.min(4, cores);
}
