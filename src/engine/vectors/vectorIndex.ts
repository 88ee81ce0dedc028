// The search index as the engine sees it: points with a vector each, nearest first. It holds
// nothing that the catalogue does not have, so it may be lost, replaced or exchanged.

export interface ScoredPoint {
  /** The content's id in the catalogue. */
  readonly id: number;
  /** Cosine similarity, −1 to 1. */
  readonly score: number;
}

/** Of contents in the catalogue. */
export type ContentIds = readonly number[] | Float64Array;

export interface NearestOptions {
  readonly limit: number;
  readonly minScore?: number;
  /**
   * Only these points, whether they are there or not; not given: all. Not to be changed afterwards:
   * where they lie is kept for the next search among the same array.
   */
  readonly among?: ContentIds;
  /** Compare with every vector, instead of those that are likely to be near. */
  readonly exact?: boolean;
}

export interface VectorIndex {
  /** @param vectors n × dimensions, L2-normalised, in the order of `ids`. Known ids are replaced. */
  upsert(ids: readonly number[], vectors: Float32Array): Promise<void>;
  delete(ids: readonly number[]): Promise<void>;
  /** @param vector dimensions, any length. */
  nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]>;
  count(): Promise<number>;
  /** The ids of all points, ascending, a page at a time. */
  ids(): AsyncIterable<readonly number[]>;
  /** After this, what was upserted survives the end of the process, however it comes. */
  flush(): Promise<void>;
  /** Gives back the room of what was deleted, where it is worth it; searches go on meanwhile. */
  optimise(): Promise<void>;
  /** How many points were deleted by this process since that was done. */
  unoptimised(): number;
  close(): Promise<void>;
}
