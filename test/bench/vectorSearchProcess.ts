// The embedded index alone: upserts, exact search, search as the app does it. A process
// of its own, so that its memory is the index's.
import { openEmbeddedIndex } from '../../src/engine/vectors/embeddedIndex.ts';
import type { VectorIndex } from '../../src/engine/vectors/vectorIndex.ts';
import { clusteredVectors } from './clusteredVectors.ts';
import { answerJob } from './inProcess.ts';
import { recall, searchAll } from './searchRuns.ts';
import { type Latency, latency } from './statistics.ts';

export interface VectorSearchJob {
  readonly folder: string;
  readonly dimensions: number;
  readonly vectors: number;
  readonly queries: number;
}

export interface VectorSearchFigures {
  readonly dimensions: number;
  readonly vectors: number;
  readonly upsertsPerSecond: number;
  /** Every vector compared with, milliseconds. */
  readonly exact: Latency;
  /** As the app searches, milliseconds. */
  readonly searched: Latency;
  /** Of the 100 nearest, the share that is found so; the mean over all queries. */
  readonly recallAt100: number;
  /** Resident memory of the process, in megabytes: before, with the vectors, after searches. */
  readonly rssMb: { readonly before: number; readonly filled: number; readonly searched: number };
}

const limit = 100;
const perUpsert = 1000;
const warmUp = 20;

answerJob<VectorSearchJob, VectorSearchFigures>(async (job) => {
  const { dimensions, vectors } = job;
  const index = await openEmbeddedIndex(job.folder, dimensions);
  const clusters = { dimensions, clusters: 500, seed: 7 };
  const before = rssMb();
  const upsertMs = await fill(index, vectors, clusteredVectors({ ...clusters, stream: 1 }));
  const filled = rssMb();

  const stream = clusteredVectors({ ...clusters, stream: 2 });
  const queries = Array.from({ length: job.queries + warmUp }, () => stream.next().value);
  const search = (exact: boolean) =>
    searchAll(
      queries,
      async (query) => {
        const points = await index.nearest(query, { limit, exact });
        return points.map(({ id }) => id);
      },
      warmUp,
    );
  const exact = await search(true);
  const searched = await search(false);
  const figures = {
    dimensions,
    vectors,
    upsertsPerSecond: (vectors / upsertMs) * 1000,
    exact: latency(exact.ms),
    searched: latency(searched.ms),
    recallAt100: recall(exact.found, searched.found),
    rssMb: { before, filled, searched: rssMb() },
  };
  await index.close();
  return figures;
});

/** Milliseconds in the index, the flush included; making the vectors does not count. */
async function fill(
  index: VectorIndex,
  count: number,
  vectors: Generator<Float32Array, never>,
): Promise<number> {
  let ms = 0;
  for (let start = 0; start < count; start += perUpsert) {
    const ids = Array.from({ length: Math.min(perUpsert, count - start) }, (_, i) => start + i + 1);
    const first = vectors.next().value;
    const batch = new Float32Array(ids.length * first.length);
    batch.set(first);
    for (let i = 1; i < ids.length; i++) batch.set(vectors.next().value, i * first.length);
    const begin = performance.now();
    await index.upsert(ids, batch);
    ms += performance.now() - begin;
  }
  const begin = performance.now();
  await index.flush();
  return ms + performance.now() - begin;
}

function rssMb(): number {
  return process.memoryUsage.rss() / 1e6;
}
