// The index inside this process: the addon in native/. The addon is imported when an index is
// opened, so that a machine without it gets an error that says so instead of a crash at start.
import { mkdir } from 'node:fs/promises';
import type { EdgeCollection } from '../../../native/index.mjs';
import { isErrorCode, OcelliError, systemCode } from '../../shared/errors.ts';
import type { NearestOptions, ScoredPoint, VectorIndex } from './vectorIndex.ts';

const idsPerPage = 10_000;

/** @throws ADDON_MISSING, INDEX_LOCKED, INDEX_DAMAGED */
export async function openEmbeddedIndex(path: string, dimensions: number): Promise<VectorIndex> {
  try {
    const { EdgeCollection } = await import('../../../native/index.mjs');
    await mkdir(path, { recursive: true });
    return new EmbeddedIndex(await EdgeCollection.open(path, { dimensions }));
  } catch (error) {
    throw asOurs(error);
  }
}

class EmbeddedIndex implements VectorIndex {
  private readonly collection: EdgeCollection;

  constructor(collection: EdgeCollection) {
    this.collection = collection;
  }

  async upsert(ids: readonly number[], vectors: Float32Array): Promise<void> {
    await ours(this.collection.upsert(ids, vectors));
  }

  async delete(ids: readonly number[]): Promise<void> {
    await ours(this.collection.delete(ids));
  }

  async nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]> {
    return ours(
      this.collection.query({
        vector,
        limit: options.limit,
        scoreThreshold: options.minScore,
        exact: options.exact,
      }),
    );
  }

  async count(): Promise<number> {
    return ours(this.collection.count());
  }

  async *ids(): AsyncGenerator<number[]> {
    let offset: number | null = 0;
    while (offset !== null) {
      const page: Awaited<ReturnType<EdgeCollection['scroll']>> = await ours(
        this.collection.scroll({ limit: idsPerPage, offset, withPayload: false }),
      );
      yield page.points.map((point) => point.id);
      offset = page.nextOffset;
    }
  }

  async flush(): Promise<void> {
    await ours(this.collection.flush());
  }

  async optimise(onProgress?: (done: number, total: number) => void): Promise<void> {
    await ours(
      this.collection.optimize({
        onProgress: ({ indexedVectors, points }) => onProgress?.(indexedVectors, points),
      }),
    );
  }

  async unoptimised(): Promise<number> {
    const { points, indexedVectors } = await ours(this.collection.info());
    return Math.max(0, points - indexedVectors);
  }

  async close(): Promise<void> {
    await ours(this.collection.close());
  }
}

function ours<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((error: unknown) => {
    throw asOurs(error);
  });
}

/** The addon's errors carry codes of ours already; they are no OcelliErrors, as it knows none. */
function asOurs(error: unknown): OcelliError {
  const code = systemCode(error);
  const message = error instanceof Error ? error.message : String(error);
  return new OcelliError(isErrorCode(code) ? code : 'INTERNAL', message, { cause: error });
}
