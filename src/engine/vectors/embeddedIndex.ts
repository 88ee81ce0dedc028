// The index inside this process: the addon in native/. The addon is imported when an index is
// opened, so that a machine without it gets an error that says so instead of a crash at start.
//
// [Note: Room for the index] Its files are sparse and mapped into memory: a page that the disk has
// no room for is told by SIGBUS, which ends the process without a word. So room is asked for first,
// to open it as well: what is searched is mapped the same way, and some of it is filled in at once.
import { mkdir, statfs } from 'node:fs/promises';
import type { EdgeCollection } from '../../../native/index.mjs';
import { type ErrorCode, isErrorCode, OcelliError, systemCode } from '../../shared/errors.ts';
import type { ContentIds, NearestOptions, ScoredPoint, VectorIndex } from './vectorIndex.ts';

const idsPerPage = 10_000;
/**
 * How wide a walk through the graph is, and how many of the best are scored anew by their full vectors,
 * at the least. Measured with a million vectors: docs/decisions/0018. Where each point is compared with
 * and none is missed for want of a link, fewer do.
 */
export const fewestScored = 512;
const scoredForOne = 2;
/**
 * To compare takes one to three microseconds for each id that a search is narrowed to. Of more than
 * these only the likeliest are compared, by two bits of each number: measured in docs/decisions/0027.
 */
const mostCompared = 2500;
const likelyAnyway = 500;
const likelyForOne = 2;
/** A search runs on one thread; where many are compared, it is several, side by side. */
const fewestPerPart = 1000;
/** Others want the processor, too. */
const partsAtOnce = 3;
/**
 * A search that is narrowed to more than 10,000 KiB of vectors walks through the graph instead of
 * comparing with each, and there the points that count are not linked to each other: of 5,000 among a
 * million it found none of the best. No part is so large.
 */
const walkedFromBytes = 10_000 * 1024;
/** What the index may write before it is asked again: its log, and the pages of a few files. */
const roomBytes = 64 * 1024 * 1024;

/** @throws ADDON_MISSING, INDEX_LOCKED, INDEX_DAMAGED, DISK_FULL, DATA_UNWRITABLE */
export async function openEmbeddedIndex(path: string, dimensions: number): Promise<VectorIndex> {
  try {
    const { EdgeCollection } = await import('../../../native/index.mjs');
    await mkdir(path, { recursive: true });
    await requireRoom(path);
    const collection = await EdgeCollection.open(path, settings(dimensions));
    return new EmbeddedIndex(path, collection, dimensions);
  } catch (error) {
    throw asOurs(error);
  }
}

/** Full vectors are read for the few that are scored anew: no need to hold two kilobytes a photo. */
function settings(dimensions: number) {
  return { dimensions, vectorsOnDisk: true };
}

class EmbeddedIndex implements VectorIndex {
  private readonly path: string;
  private readonly collection: EdgeCollection;
  private readonly mostPerPart: number;

  constructor(path: string, collection: EdgeCollection, dimensions: number) {
    this.path = path;
    this.collection = collection;
    const walkedFrom = walkedFromBytes / (dimensions * Float32Array.BYTES_PER_ELEMENT);
    this.mostPerPart = Math.floor(walkedFrom / 2);
  }

  async upsert(ids: readonly number[], vectors: Float32Array): Promise<void> {
    await requireRoom(this.path);
    await ours(this.collection.upsert(ids, vectors));
  }

  async delete(ids: readonly number[]): Promise<void> {
    await ours(this.collection.delete(ids));
  }

  async nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]> {
    const { limit } = options;
    const among = await this.likeliest(vector, options);
    if (!among) return this.nearestIn(vector, options);
    const best: ScoredPoint[] = [];
    const parts = inParts(among, this.mostPerPart);
    for (let i = 0; i < parts.length; i += partsAtOnce) {
      const some = parts.slice(i, i + partsAtOnce);
      const found = some.map((part) => this.nearestIn(vector, options, part));
      best.push(...(await Promise.all(found)).flat());
    }
    return best.sort((a, b) => b.score - a.score).slice(0, limit);
  }

  /** The points that are worth comparing; not given where a walk through the graph is worth more. */
  private async likeliest(
    vector: Float32Array,
    { among, limit, exact }: NearestOptions,
  ): Promise<ContentIds | undefined> {
    const likely = likelyAnyway + likelyForOne * limit;
    if (exact || (among && among.length <= Math.max(mostCompared, likely))) return among;
    return ours(
      among
        ? this.collection.likeliest(vector, among, likely)
        : this.collection.likeliestOfAll(vector, likely),
    );
  }

  private nearestIn(
    vector: Float32Array,
    options: NearestOptions,
    among?: ContentIds,
  ): Promise<ScoredPoint[]> {
    return ours(
      this.collection.query({
        vector,
        limit: options.limit,
        scoreThreshold: options.minScore,
        exact: options.exact,
        hnswEf: fewestScored,
        quantization: {
          rescore: true,
          oversampling: among ? scoredForOne : Math.max(1, fewestScored / options.limit),
        },
        among,
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

/** Of the same length; so many as run at once, or as there must be. */
function inParts(ids: ContentIds, most: number): ContentIds[] {
  const gainful = Math.min(partsAtOnce, Math.floor(ids.length / fewestPerPart));
  const count = Math.max(1, gainful, Math.ceil(ids.length / most));
  const length = Math.ceil(ids.length / count);
  return Array.from({ length: count }, (_, i) => ids.slice(i * length, (i + 1) * length));
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
