// Searches through the graph of an index alone, whatever the app would choose: what its choices are
// to be held against.
import { EdgeCollection } from '../../native/index.mjs';
import { fewestScored } from '../../src/engine/vectors/embeddedIndex.ts';
import { dimensions } from './scaleLibrary.ts';
import { type Found, recall, searchAll } from './searchRuns.ts';
import { latency } from './statistics.ts';

export interface GraphQueries {
  readonly queries: readonly Float32Array[];
  /** What an exact search finds, of the first of them. */
  readonly truth: readonly number[][];
}

/** @param folder of an index that nobody has open. */
export async function graphSearch(
  folder: string,
  limit: number,
  runs: readonly GraphQueries[],
): Promise<Found[]> {
  const collection = await EdgeCollection.open(folder, { dimensions, vectorsOnDisk: true });
  const quantization = { rescore: true, oversampling: fewestScored / limit };
  const found: Found[] = [];
  try {
    for (const { queries, truth } of runs) {
      const run = await searchAll(queries, async (vector) => {
        const points = await collection.query({
          vector,
          limit,
          hnswEf: fewestScored,
          quantization,
        });
        return points.map(({ id }) => id);
      });
      found.push({ ...latency(run.ms), recall: recall(truth, run.found) });
    }
  } finally {
    await collection.close();
  }
  return found;
}
