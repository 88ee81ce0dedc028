// Searches one after the other, and what they found against the truth.

import type { Latency } from './statistics.ts';

export interface Found extends Latency {
  /** Of the 100 best that an exact search finds. */
  readonly recall: number;
}

/** Of each run of searches; not counted, where nothing else is said. */
export const warmUp = 5;

/**
 * One after the other.
 * @param uncounted so many of the first
 */
export async function searchAll(
  queries: readonly Float32Array[],
  search: (query: Float32Array) => Promise<number[]>,
  uncounted = warmUp,
) {
  const ms: number[] = [];
  const found: number[][] = [];
  for (const query of queries) {
    const start = performance.now();
    found.push(await search(query));
    ms.push(performance.now() - start);
  }
  return { ms: ms.slice(uncounted), found, firstMs: ms[0] ?? 0 };
}

/** Of as many queries as the truth is known of. */
export function recall(truth: readonly number[][], found: readonly number[][]): number {
  let hits = 0;
  let all = 0;
  for (const [i, best] of truth.entries()) {
    const ids = new Set(found[i]);
    hits += best.filter((id) => ids.has(id)).length;
    all += best.length;
  }
  return all === 0 ? 1 : hits / all;
}
