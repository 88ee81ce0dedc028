// What the vector index promises. Written by hand: the addon's own types are plainer than this.

/** The codes of the errors that these calls reject with. */
export type EdgeErrorCode =
  /** The folder is open in another process, or in another handle of this one. */
  | 'INDEX_LOCKED'
  /** What lies in the folder cannot be loaded. */
  | 'INDEX_DAMAGED'
  /** What was handed over is not what the call takes; the message says what it takes. */
  | 'ARGUMENT'
  /** The disk of the folder is full. */
  | 'DISK_FULL'
  /** `optimize` was no longer waited for, because its signal said so. */
  | 'CANCELLED'
  /** There is no addon for this machine (thrown when this module is imported). */
  | 'ADDON_MISSING'
  /** Anything else, panics of the Rust side among it; the message holds its text. */
  | 'INTERNAL';

export class EdgeError extends Error {
  constructor(code: EdgeErrorCode, message: string, options?: ErrorOptions);
  readonly code: EdgeErrorCode;
}

/** Ids of points: whole numbers from 0 to Number.MAX_SAFE_INTEGER. */
export type PointIds = readonly number[] | Float64Array;

/** Anything that JSON can say. It comes back as JSON would bring it back. */
export type Payload = Record<string, unknown>;

/** Qdrant's filter, as its REST API takes it: `{ must: [{ key: 'year', range: { gte: 2020 } }] }`. */
export interface Filter {
  readonly must?: object | readonly object[] | null;
  readonly should?: object | readonly object[] | null;
  readonly must_not?: object | readonly object[] | null;
  readonly min_should?: {
    readonly conditions: readonly object[];
    readonly min_count: number;
  } | null;
}

export type Distance = 'Cosine' | 'Dot' | 'Euclid';

export type PayloadIndexType =
  | 'keyword'
  | 'integer'
  | 'float'
  | 'bool'
  | 'datetime'
  | 'text'
  | 'geo'
  | 'uuid';

export interface OpenOptions {
  /** Numbers in a vector. Of an existing folder: what it was made with, else ARGUMENT. */
  readonly dimensions: number;
  /**
   * How alike two vectors are. 'Cosine' (the default) and 'Dot': a higher score is nearer;
   * 'Euclid': a lower one. With 'Cosine' vectors are kept, and come back, at unit length.
   */
  readonly distance?: Distance;
  /** The graph that `optimize` builds. Default: m 16, efConstruct 100. */
  readonly hnsw?: { readonly m: number; readonly efConstruct: number };
  /** 'int8' (the default): searches read vectors of one byte a number, kept in RAM. */
  readonly quantization?: 'none' | 'int8';
  /** Whether full vectors are left to the page cache instead of being held in RAM. Default: no. */
  readonly vectorsOnDisk?: boolean;
  /** Whether payloads are left to the page cache. Default: yes. Indexed fields are in RAM anyway. */
  readonly payloadOnDisk?: boolean;
  /** When and how `optimize` builds graphs. */
  readonly optimizer?: {
    /**
     * How many large segments to aim at. Fewer search faster; more let `optimize` build in smaller
     * steps, over what is new instead of over all. Default: 4. 0: half the cores, 2 to 8.
     */
    readonly segments?: number;
    /** Segments with fewer kilobytes of vectors stay without a graph. Default: 10,000. */
    readonly indexingThresholdKb?: number;
    /** Segments are not merged beyond this many kilobytes. Default: 256,000 for each thread. */
    readonly maxSegmentKb?: number;
    /** Threads that build a graph. Default: 0, by the number of cores, up to 16. */
    readonly threads?: number;
  };
}

export interface RecommendInput {
  /** Ids of points in the collection, or vectors: what results should be like. */
  readonly positive?: readonly (number | Float32Array)[];
  /** What results should not be like. */
  readonly negative?: readonly (number | Float32Array)[];
  /**
   * 'average_vector' (the default) searches near the mean of the positive, moved away from the
   * negative, and needs a positive; 'best_score' and 'sum_scores' compare with each example, and
   * their scores are no distances.
   */
  readonly strategy?: 'average_vector' | 'best_score' | 'sum_scores';
}

export interface QueryRequest {
  /** What to look near: `dimensions` finite numbers. Give this or `recommend`, not both. */
  readonly vector?: Float32Array;
  /** Points given by id here are not among the results. */
  readonly recommend?: RecommendInput;
  readonly filter?: Filter | undefined;
  /**
   * The only points that count, whether they are there or not; for `vector` alone. The same as a
   * condition `has_id` in `filter`, which as text takes half as long again.
   */
  readonly among?: PointIds | undefined;
  /** Keeps only what scores better than this. */
  readonly scoreThreshold?: number | undefined;
  /** How many results at most; 1 or more. Default: 10. */
  readonly limit?: number | undefined;
  /** How many of the best to leave out, for paging. Default: 0. */
  readonly offset?: number | undefined;
  /** Default: false. */
  readonly withPayload?: boolean | undefined;
  /** Default: false. */
  readonly withVector?: boolean | undefined;
  /** Compares with every point instead of walking the graph: slower and complete. */
  readonly exact?: boolean | undefined;
  /** How wide the walk through the graph is; more finds more and takes longer. Default: efConstruct. */
  readonly hnswEf?: number | undefined;
  /** Of a collection with 'int8'. Default: rescore true, oversampling 1.5. */
  readonly quantization?:
    | {
        /** Whether the best are scored once more by their full vectors. */
        readonly rescore?: boolean;
        /** How many times `limit` are taken for that; 1 or more. */
        readonly oversampling?: number;
        /** Whether quantized vectors are left aside altogether. */
        readonly ignore?: boolean;
      }
    | undefined;
}

/**
 * Points that are searched among again and again, whether they are there or not: where they lie is
 * looked up by the first search, and again after a write. It belongs to no collection, keeps twelve
 * bytes for each id, and serves one collection at a time best.
 */
export class PointList {
  /** @throws EdgeError ARGUMENT */
  constructor(ids: PointIds);
  private readonly native: unknown;
}

export interface NearestRequest {
  /** How many at most; 1 or more. */
  readonly limit: number;
  /** How many are compared; more find more and take longer. Default: `limit`. */
  readonly likely?: number;
  /** The only points that count, whether they are there or not. */
  readonly among?: PointIds | PointList | undefined;
}

export interface Point {
  readonly id: number;
  /** Only with `withPayload`; `{}` for a point without one. */
  readonly payload?: Payload;
  /** Only with `withVector`. */
  readonly vector?: Float32Array;
}

export interface ScoredPoint extends Point {
  readonly score: number;
}

export interface ScrollRequest {
  readonly filter?: Filter | undefined;
  /** Default: 10. */
  readonly limit?: number | undefined;
  /** The id to begin with, inclusive: the `nextOffset` of the page before. */
  readonly offset?: number | undefined;
  /** Default: true. */
  readonly withPayload?: boolean | undefined;
  /** Default: false. */
  readonly withVector?: boolean | undefined;
}

export interface OptimizeProgress {
  /** Points in the collection; while a graph is built some may be counted twice. */
  readonly points: number;
  /** Points that a graph reaches. It jumps when a segment is done; the crate tells no more. */
  readonly indexedVectors: number;
  readonly segments: number;
  readonly elapsedMs: number;
}

export interface OptimizeOptions {
  readonly onProgress?: (progress: OptimizeProgress) => void;
  /**
   * Stops the waiting (CANCELLED), not the work: the crate's optimiser cannot be interrupted. It
   * runs to its end in the background, and `close` waits for it. Ending the process is safe.
   */
  readonly signal?: AbortSignal;
  /** How often `onProgress` is called, in milliseconds. Default: 500. */
  readonly intervalMs?: number;
}

export interface CollectionInfo {
  readonly points: number;
  readonly indexedVectors: number;
  readonly segments: number;
  readonly dimensions: number;
  readonly distance: Distance;
  readonly status: 'ready' | 'optimizing';
  readonly payloadIndexes: Readonly<Record<string, PayloadIndexType>>;
}

/**
 * One folder of points. One process at a time, and in it one handle, may have it open.
 *
 * Writes are done one after the other in the order of the calls, without being waited for; reads
 * see every write whose promise is settled, and go on during writes and `optimize`. All work is
 * done off the event loop. Every call rejects with an EdgeError.
 *
 * A write is durable when a later `flush` or `close` is done. Without, it outlives neither the
 * process nor the machine: the write-ahead log is kept for its numbering and is not replayed.
 */
export class EdgeCollection {
  private constructor();

  /**
   * Opens the folder at `path`, or makes it. Dimensions and distance are for good; other options
   * may differ from last time and are applied by the next `optimize`.
   * Rejects with INDEX_LOCKED, INDEX_DAMAGED, ARGUMENT or INTERNAL.
   */
  static open(path: string, options: OpenOptions): Promise<EdgeCollection>;

  /** Waits for what is under way, an optimisation too, flushes, and lets the folder go. */
  close(): Promise<void>;

  /**
   * Adds points, or replaces those that have these ids, payload included.
   * @param vectors ids.length × dimensions finite numbers, one vector after the other. Not to be
   *   changed until the promise settles. Long input is written in parts, of which the first may be
   *   in when a later one is refused.
   * @param payloads One for each id.
   */
  upsert(
    ids: PointIds,
    vectors: Float32Array,
    payloads?: readonly (object | null)[],
  ): Promise<void>;

  /** Ids that are not there are passed over. */
  delete(ids: PointIds): Promise<void>;

  /** Sets these keys and keeps the others. ARGUMENT if one of the ids is not there. */
  setPayload(ids: PointIds, payload: object): Promise<void>;

  /** Sets these keys and drops the others. */
  overwritePayload(ids: PointIds, payload: object): Promise<void>;

  /** Drops these keys (paths such as `a.b`). */
  deletePayload(ids: PointIds, keys: readonly string[]): Promise<void>;

  /** The points nearest to a vector or most like examples, best first. */
  query(request: QueryRequest): Promise<ScoredPoint[]>;

  /**
   * The points nearest to a vector, best first, by their scores alone; a few milliseconds among a
   * million. Those whose sketches (two bits of each number) are most like the vector are compared with
   * it, by two bytes of each number: scores are right to four digits, and one of the nearest may be
   * missed. `flush` makes what is missing of that, of collections with 5,000 points and more whose
   * distance is not 'Euclid'; later writes go on with it.
   *
   * Nothing where there are points of which nothing is known, before that and where files were lost,
   * and where more than a tenth of all would be compared: `query` with `exact` answers then.
   */
  nearest(vector: Float32Array, request: NearestRequest): Promise<ScoredPoint[] | undefined>;

  /** The points that have these ids, in their order; those that are not there are left out. */
  retrieve(
    ids: PointIds,
    options?: { readonly withPayload?: boolean; readonly withVector?: boolean },
  ): Promise<Point[]>;

  /** Points by ascending id, a page at a time. `nextOffset` is null on the last page. */
  scroll(request?: ScrollRequest): Promise<{ points: Point[]; nextOffset: number | null }>;

  /** How many points there are, or match. `exact` (the default) counts; without, it estimates. */
  count(request?: {
    readonly filter?: Filter | undefined;
    readonly exact?: boolean | undefined;
  }): Promise<number>;

  /**
   * How many points have each value of a field, most frequent first. The field needs a payload
   * index of type keyword, integer, bool or uuid, else ARGUMENT. `limit` is 10, `exact` is true
   * unless said otherwise.
   */
  facet(request: {
    readonly key: string;
    readonly limit?: number | undefined;
    readonly filter?: Filter | undefined;
    readonly exact?: boolean | undefined;
  }): Promise<{ value: string | number | boolean; count: number }[]>;

  /** Makes filters on a field fast, and facets on it possible. Stays until it is deleted. */
  createPayloadIndex(field: string, type: PayloadIndexType): Promise<void>;

  deletePayloadIndex(field: string): Promise<void>;

  /**
   * Builds graphs for what is not in one yet, merges small segments, and clears away what was
   * deleted. Takes seconds to minutes; reads and writes go on meanwhile. A second call joins the
   * first. Resolves to whether there was anything to do.
   */
  optimize(options?: OptimizeOptions): Promise<boolean>;

  /** Every write before this call is on the disk when it resolves. */
  flush(): Promise<void>;

  /** How the collection stands. Points and vectors are approximate during `optimize`. */
  info(): Promise<CollectionInfo>;

  /**
   * Copies the collection into a folder that does not exist yet, to be opened like any other.
   * Waits for an optimisation under way, and writes wait for it; reads do not.
   */
  snapshot(target: string): Promise<void>;
}

/** Not for use: makes the addon panic, for the test that a panic becomes an error. */
export function __panicForTest(): Promise<void>;
