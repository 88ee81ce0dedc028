// The index inside this process: the addon in native/. The addon is imported when an index is
// opened, so that a machine without it gets an error that says so instead of a crash at start.
//
// [Note: Room for the index] Its files are sparse and mapped into memory: a page that the disk has
// no room for is told by SIGBUS, which ends the process without a word. So room is asked for first,
// to open it as well: what is searched is mapped the same way, and some of it is filled in at once.
import { mkdir, statfs } from 'node:fs/promises';
import type { EdgeCollection, Filter } from '../../../native/index.mjs';
import { type ErrorCode, isErrorCode, OcelliError, systemCode } from '../../shared/errors.ts';
import type { Traits } from '../../shared/traits.ts';
import { conditionsOf, payloadIndexes, payloadOf } from './payload.ts';
import type { NearestOptions, ScoredPoint, VectorIndex } from './vectorIndex.ts';

const idsPerPage = 10_000;
/**
 * How wide a walk through the graph is, and how many of the best are scored anew by their full vectors,
 * at the least. Measured with a million vectors: docs/decisions/0018.
 */
const fewestScored = 256;
/** Where a point has several keywords, each of which may have to be compared at every step. */
const fewestByKeywords = 192;
/** What the index may write before it is asked again: its log, and the pages of a few files. */
const roomBytes = 64 * 1024 * 1024;

/** @throws ADDON_MISSING, INDEX_LOCKED, INDEX_DAMAGED, DISK_FULL, DATA_UNWRITABLE */
export async function openEmbeddedIndex(path: string, dimensions: number): Promise<VectorIndex> {
  try {
    const { EdgeCollection } = await import('../../../native/index.mjs');
    await mkdir(path, { recursive: true });
    await requireRoom(path);
    const collection = await EdgeCollection.open(path, settings(dimensions));
    try {
      await requirePayloadIndexes(path, collection);
      return new EmbeddedIndex(path, collection);
    } catch (error) {
      await collection.close();
      throw error;
    }
  } catch (error) {
    throw asOurs(error);
  }
}

/** Full vectors are read for the few that are scored anew: no need to hold two kilobytes a photo. */
function settings(dimensions: number) {
  return { dimensions, vectorsOnDisk: true };
}

/**
 * Made while there are no points; points that an older version has written carry nothing. Where a graph
 * is made, points that share something indexed are linked to each other as well, so that a walk that
 * may step on these alone comes to all of them.
 */
async function requirePayloadIndexes(path: string, collection: EdgeCollection): Promise<void> {
  const there = (await collection.info()).payloadIndexes;
  const missing = Object.entries(payloadIndexes).filter(([field, type]) => there[field] !== type);
  if (missing.length === 0) return;
  if ((await collection.count()) > 0) {
    throw new OcelliError('INDEX_OUTDATED', `${path} was written by an older Ocelli.`);
  }
  for (const [field, type] of missing) await collection.createPayloadIndex(field, type);
}

class EmbeddedIndex implements VectorIndex {
  private readonly path: string;
  private readonly collection: EdgeCollection;

  constructor(path: string, collection: EdgeCollection) {
    this.path = path;
    this.collection = collection;
  }

  async upsert(
    ids: readonly number[],
    vectors: Float32Array,
    traits?: readonly (Traits | undefined)[],
  ): Promise<void> {
    await requireRoom(this.path);
    const payloads = traits?.map((of) => (of ? payloadOf(of) : null));
    await ours(this.collection.upsert(ids, vectors, payloads));
  }

  async delete(ids: readonly number[]): Promise<void> {
    await ours(this.collection.delete(ids));
  }

  async nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]> {
    const { limit, filter } = options;
    if (!filter) return this.nearestIn(vector, options);
    const parts = await Promise.all(
      conditionsOf(filter).map((condition) => this.nearestIn(vector, options, condition)),
    );
    const [only] = parts;
    return parts.length === 1 && only ? only : best(parts.flat(), limit);
  }

  private nearestIn(
    vector: Float32Array,
    { limit, minScore, exact, filter }: NearestOptions,
    condition?: Filter,
  ): Promise<ScoredPoint[]> {
    const byKeywords = [filter?.folder, filter?.from, filter?.to].some(
      (part) => part !== undefined,
    );
    const scored = byKeywords ? fewestByKeywords : fewestScored;
    return ours(
      this.collection.query({
        vector,
        limit,
        scoreThreshold: minScore,
        exact,
        hnswEf: scored,
        quantization: { rescore: true, oversampling: Math.max(1, scored / limit) },
        filter: condition,
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

/** Each once, though two photos of a content may lie in different years. */
function best(points: readonly ScoredPoint[], limit: number): ScoredPoint[] {
  const each = new Map(points.map((point) => [point.id, point]));
  return [...each.values()].sort((a, b) => b.score - a.score).slice(0, limit);
}

function ours<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((error: unknown) => {
    throw asOurs(error);
  });
}

/** See [Note: Room for the index]. @throws DISK_FULL */
async function requireRoom(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  if (free >= roomBytes) return;
  const mebibytes = (bytes: number) => Math.floor(bytes / 2 ** 20);
  throw new OcelliError(
    'DISK_FULL',
    `The disk of ${path} has ${mebibytes(free)} MiB left where ${mebibytes(roomBytes)} are needed.`,
  );
}

/** What the file system says of the index's folder. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EACCES: 'DATA_UNWRITABLE',
  EPERM: 'DATA_UNWRITABLE',
  EROFS: 'DATA_UNWRITABLE',
  // Something else lies where the folder should.
  EEXIST: 'INDEX_DAMAGED',
  ENOTDIR: 'INDEX_DAMAGED',
};

/** The addon's errors carry codes of ours already; they are no OcelliErrors, as it knows none. */
function asOurs(error: unknown): OcelliError {
  if (error instanceof OcelliError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new OcelliError(codeOf(error, message), message, { cause: error });
}

function codeOf(error: unknown, message: string): ErrorCode {
  // The crate panics where files are not what it left there.
  if (message.startsWith('The vector index panicked')) return 'INDEX_DAMAGED';
  const code = systemCode(error) ?? '';
  return isErrorCode(code) ? code : (meanings[code] ?? 'INTERNAL');
}
