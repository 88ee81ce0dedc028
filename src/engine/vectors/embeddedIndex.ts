// The index inside this process: the addon in native/. The addon is imported when an index is
// opened, so that a machine without it gets an error that says so instead of a crash at start.
//
// [Note: Room for the index] Its files are sparse and mapped into memory: a page that the disk has
// no room for is told by SIGBUS, which ends the process without a word. So room is asked for first,
// to open it as well: what is searched is mapped the same way, and some of it is filled in at once.
import { mkdir, statfs } from 'node:fs/promises';
import type { EdgeCollection, PointList } from '../../../native/index.mjs';
import { type ErrorCode, isErrorCode, OcelliError, systemCode } from '../../shared/errors.ts';
import type { ContentIds, NearestOptions, ScoredPoint, VectorIndex } from './vectorIndex.ts';

const idsPerPage = 10_000;
/**
 * So many are compared to find the nearest, of those that are likeliest by two bits of each number:
 * measured in docs/decisions/0028.
 */
const likelyAnyway = 350;
const likelyForOne = 1.5;
/** No segment has so many KiB. */
const withoutGraph = 2 ** 40;
/** What the index may write before it is asked again: its log, and the pages of a few files. */
const roomBytes = 64 * 1024 * 1024;

/** @throws ADDON_MISSING, INDEX_LOCKED, INDEX_DAMAGED, DISK_FULL, DATA_UNWRITABLE */
export async function openEmbeddedIndex(path: string, dimensions: number): Promise<VectorIndex> {
  try {
    const { EdgeCollection, PointList } = await import('../../../native/index.mjs');
    await mkdir(path, { recursive: true });
    await requireRoom(path);
    const collection = await EdgeCollection.open(path, settings(dimensions));
    return new EmbeddedIndex(path, collection, (ids) => new PointList(ids));
  } catch (error) {
    throw asOurs(error);
  }
}

/**
 * Vectors are left to the disk and have no graph: what a search compares is kept beside them by the
 * addon. Making a graph of a million took four minutes, and no search went through it any more.
 */
function settings(dimensions: number) {
  return {
    dimensions,
    vectorsOnDisk: true,
    quantization: 'none',
    optimizer: { indexingThresholdKb: withoutGraph },
  } as const;
}

class EmbeddedIndex implements VectorIndex {
  private readonly path: string;
  private readonly collection: EdgeCollection;
  private readonly toList: (ids: ContentIds) => PointList;
  /** For as long as those who search keep the ids. */
  private readonly lists = new WeakMap<ContentIds, PointList>();
  private deleted = 0;

  constructor(path: string, collection: EdgeCollection, toList: EmbeddedIndex['toList']) {
    this.path = path;
    this.collection = collection;
    this.toList = toList;
  }

  async upsert(ids: readonly number[], vectors: Float32Array): Promise<void> {
    await requireRoom(this.path);
    await ours(this.collection.upsert(ids, vectors));
  }

  async delete(ids: readonly number[]): Promise<void> {
    await ours(this.collection.delete(ids));
    this.deleted += ids.length;
  }

  async nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]> {
    const { limit, among, minScore, exact } = options;
    if (!exact) {
      const likely = likelyAnyway + Math.ceil(likelyForOne * limit);
      const list = among && this.listed(among);
      const near = await ours(this.collection.nearest(vector, { limit, likely, among: list }));
      if (near) return minScore === undefined ? near : near.filter(({ score }) => score > minScore);
    }
    // Also of a small library, before the first flush, and until it has made anew what was lost.
    return ours(
      this.collection.query({ vector, limit, among, scoreThreshold: minScore, exact: true }),
    );
  }

  private listed(ids: ContentIds): PointList {
    const list = this.lists.get(ids) ?? this.toList(ids);
    this.lists.set(ids, list);
    return list;
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

  async optimise(): Promise<void> {
    const { deleted } = this;
    await ours(this.collection.optimize());
    this.deleted -= deleted;
  }

  unoptimised(): number {
    return this.deleted;
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
