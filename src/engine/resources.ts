// How many processes a run may have, and with how many threads each.
import { availableParallelism } from 'node:os';

export interface Resources {
  readonly decoders: number;
  readonly embedders: number;
  /** Threads of each embedder. */
  readonly threads: number;
}

/** Sessions beyond this cost memory (a model each) and gain little over more threads in each. */
const mostEmbedders = 4;
const mostDecoders = 16;

/**
 * One embedder of one thread per core is fastest on small machines (seed.md: 39 against 36 photos/s
 * in float32, 151 against 127 in int8); decoders share the cores, as the system sees fit.
 */
export function defaultResources(cores = availableParallelism()): Resources {
  const embedders = Math.min(cores, mostEmbedders);
  return {
    decoders: Math.min(cores, mostDecoders),
    embedders,
    threads: Math.max(1, Math.floor(cores / embedders)),
  };
}
