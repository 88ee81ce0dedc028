// Searches through a graph (HNSW, with int8 in memory) over the vectors of an index: what the app's own
// way is to be held against.
import { cp, rm } from 'node:fs/promises';
import { EdgeCollection } from '../../native/index.mjs';
import { dimensions } from './scaleLibrary.ts';
import { type Found, recall, searchAll } from './searchRuns.ts';
import { latency } from './statistics.ts';

export interface GraphQueries {
  readonly queries: readonly Float32Array[];
  /** What an exact search finds, of the first of them. */
  readonly truth: readonly number[][];
}

export interface GraphFigures {
  readonly makingSeconds: number;
  /** Of each run of queries. */
  readonly found: readonly Found[];
}

/** How wide a walk is, and how many of the best are scored anew by their full vectors. */
const width = 512;

/** @param folder of an index that nobody has open; it stays as it is. */
export async function graphSearch(
  folder: string,
  limit: number,
  runs: readonly GraphQueries[],
): Promise<GraphFigures> {
  const copy = `${folder}.graph`;
  await cp(folder, copy, { recursive: true });
  const collection = await EdgeCollection.open(copy, { dimensions, vectorsOnDisk: true });
  const quantization = { rescore: true, oversampling: width / limit };
  try {
    const start = performance.now();
    await collection.optimize();
    const makingSeconds = (performance.now() - start) / 1000;
    const found: Found[] = [];
    for (const { queries, truth } of runs) {
      const run = await searchAll(queries, async (vector) => {
        const points = await collection.query({ vector, limit, hnswEf: width, quantization });
        return points.map(({ id }) => id);
      });
      found.push({ ...latency(run.ms), recall: recall(truth, run.found) });
    }
    return { makingSeconds, found };
  } finally {
    await collection.close();
    await rm(copy, { recursive: true, force: true });
  }
}
