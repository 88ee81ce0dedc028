// Keeps the index in step with the catalogue: catches up after a crash, rebuilds after damage, and
// remembers how far it is known to have come.
//
// [Note: How the index survives a crash] The catalogue is written first. `seq` numbers its vectors;
// the mark says that vectors up to it lie in the index, flushed. After kill −9 the vectors beyond
// the mark are upserted again. Deletions, and contents that came back, do not move the mark: where
// the last session did not end in order (`clean` is false), the ids on both sides are compared; so
// are they where the number of points is not what it should be, as an index that lost its files
// may open like a new one. An index that gives answers which cannot be is rebuilt at the next start.
//
// Where the disk has no room for the index to be opened, the catalogue is searched in its place
// (scannedIndex.ts) until something is to be written and there is room again.

import { OcelliError } from '../../shared/errors.ts';
import { differences } from './differences.ts';
import { ScannedIndex } from './scannedIndex.ts';
import type { NearestOptions, ScoredPoint, VectorIndex } from './vectorIndex.ts';

/** What the catalogue tells; its contents for one embedding space. */
export interface VectorSource {
  /** Vectors of contents that a photo holds, with seq above `seq`, in order. */
  after(seq: number, limit: number): { seq: number; contentId: number; embedding: Float32Array }[];
  vector(contentId: number): Float32Array | undefined;
  /** Ids of all contents that have a vector and a photo, ascending, a page at a time. */
  liveIds(): AsyncIterable<readonly number[]>;
  liveCount(): Promise<number>;
  lastSeq(): number;
  readonly mark: { readonly seq: number; readonly clean: boolean };
  setMark(seq: number, clean: boolean): void;
}

export interface KeptIndexOptions {
  open(): Promise<VectorIndex>;
  /** Throws away what lies on the disk. */
  discard(): Promise<void>;
  readonly source: VectorSource;
  notice(message: string): void;
}

/** A run's photos become points in groups of so many; so do those of a catching up. */
const vectorsPerUpsert = 500;
/** The mark of an index that is not to be trusted. */
const distrusted = -1;
/** Rounding, of int8 vectors above all, takes a cosine a little beyond 1. */
const mostSimilarity = 1.1;
/** A flush costs an fsync; this many vectors are upserted again after a crash, in a tenth of a second. */
const vectorsPerFlush = 5000;

export class KeptIndex {
  private index: VectorIndex;
  private readonly options: KeptIndexOptions;
  private readonly source: VectorSource;
  private clean = true;
  private trusted = true;
  private sinceFlush = 0;
  private gathered: { ids: number[]; vectors: Float32Array[] } = { ids: [], vectors: [] };

  private constructor(index: VectorIndex, options: KeptIndexOptions) {
    this.index = index;
    this.options = options;
    this.source = options.source;
  }

  /** @throws ADDON_MISSING, INDEX_LOCKED, and DISK_FULL where there is nothing to search */
  static async open(options: KeptIndexOptions): Promise<KeptIndex> {
    try {
      return await KeptIndex.openWhole(options);
    } catch (error) {
      if (!isFull(error) || (await options.source.liveCount()) === 0) throw error;
      options.notice(`${error.message} Until there are, searches take longer.`);
      return new KeptIndex(new ScannedIndex(options.source, error), options);
    }
  }

  private static async openWhole(options: KeptIndexOptions): Promise<KeptIndex> {
    const { source } = options;
    try {
      if (source.mark.seq === distrusted) throw damaged('it gave answers that cannot be');
      return await KeptIndex.inStep(options);
    } catch (error) {
      if (!(error instanceof OcelliError) || error.code !== 'INDEX_DAMAGED') throw error;
      options.notice(
        `The search index was damaged and is rebuilt from the catalogue. (${error.message})`,
      );
      return KeptIndex.rebuild(options);
    }
  }

  private static async rebuild(options: KeptIndexOptions): Promise<KeptIndex> {
    await options.discard();
    options.source.setMark(0, false);
    return KeptIndex.inStep(options);
  }

  private static async inStep(options: KeptIndexOptions): Promise<KeptIndex> {
    // Counted while the index opens: each takes a second where there are a million.
    const counted = options.source.liveCount();
    counted.catch(() => undefined);
    const index = await options.open();
    const kept = new KeptIndex(index, options);
    try {
      await kept.catchUp(counted);
    } catch (error) {
      // Whoever opens it again must not find it locked.
      if (isFull(error)) await index.close();
      throw error;
    }
    return kept;
  }

  /** Before anything is written where the catalogue stands in for the index. @throws DISK_FULL */
  private async getBack(): Promise<void> {
    const { index } = await KeptIndex.inStep(this.options);
    this.index = index;
    this.clean = true;
  }

  /** Throws the index away and makes it again from the catalogue. */
  async renew(): Promise<void> {
    await this.index.close();
    await this.options.discard();
    this.source.setMark(0, false);
    this.index = await this.options.open();
    this.clean = false;
    this.trusted = true;
    await this.catchUp(this.source.liveCount());
  }

  /**
   * Points are gathered for a moment: an upsert costs a millisecond whatever it holds, and whoever
   * asks the index anything finds them there.
   * @param vectors n × dimensions, in the order of `ids`; already in the catalogue.
   */
  async add(ids: readonly number[], vectors: Float32Array): Promise<void> {
    if (ids.length === 0) return;
    if (this.index instanceof ScannedIndex) await this.getBack();
    this.markDirty();
    this.gathered.ids.push(...ids);
    this.gathered.vectors.push(vectors);
    if (this.gathered.ids.length >= vectorsPerUpsert) await this.upsertGathered();
    if (this.sinceFlush >= vectorsPerFlush) await this.flush();
  }

  async delete(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    this.markDirty();
    await this.upsertGathered();
    await this.index.delete(ids);
  }

  /** @throws INDEX_DAMAGED; the next start then rebuilds the index */
  async nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]> {
    try {
      await this.upsertGathered();
      const points = await this.index.nearest(vector, options);
      // Written so that NaN is impossible as well.
      if (!points.every(({ score }) => Math.abs(score) < mostSimilarity)) {
        throw damaged('it gives similarities that cannot be');
      }
      if (points.length > 0 || options.minScore !== undefined || options.among) return points;
      return await this.nearestOfSome(vector, options);
    } catch (error) {
      if (error instanceof OcelliError && error.code === 'INDEX_DAMAGED') this.distrust();
      throw error;
    }
  }

  /** Points without vectors are found by nobody. Asked once more, as the first may just have come. */
  private async nearestOfSome(vector: Float32Array, options: NearestOptions) {
    if ((await this.index.count()) === 0) return [];
    const points = await this.index.nearest(vector, options);
    if (points.length === 0) throw damaged('it has lost its vectors');
    return points;
  }

  async count(): Promise<number> {
    await this.upsertGathered();
    return this.index.count();
  }

  unoptimised(): number {
    return this.index.unoptimised();
  }

  async optimise(): Promise<void> {
    if (this.index instanceof ScannedIndex) await this.getBack();
    this.markDirty();
    await this.upsertGathered();
    await this.index.optimise();
  }

  /** Only to be called where every vector of the catalogue has been handed to add(). */
  async flush(): Promise<void> {
    if (this.index instanceof ScannedIndex) return;
    const seq = this.source.lastSeq();
    await this.upsertGathered();
    await this.index.flush();
    this.sinceFlush = 0;
    if (this.trusted) this.source.setMark(seq, this.clean);
  }

  async close(): Promise<void> {
    // What cannot be settled (a full disk) stays marked as it is, and the next start catches up.
    if (!this.clean && this.trusted) await this.settle().catch(() => undefined);
    await this.index.close();
  }

  /** After this the index is known to agree with the catalogue. */
  private async settle(): Promise<void> {
    const seq = this.source.lastSeq();
    await this.upsertGathered();
    await this.index.flush();
    this.source.setMark(seq, true);
  }

  private async upsertGathered(): Promise<void> {
    const { ids, vectors } = this.gathered;
    if (ids.length === 0) return;
    this.gathered = { ids: [], vectors: [] };
    this.sinceFlush += ids.length;
    await this.index.upsert(ids, joined(vectors));
  }

  private distrust(): void {
    this.trusted = false;
    this.source.setMark(distrusted, false);
  }

  private markDirty(): void {
    if (!this.clean || !this.trusted) return;
    this.clean = false;
    this.source.setMark(this.source.mark.seq, false);
  }

  /** @param counted how many points there should be in the end. */
  private async catchUp(counted: Promise<number>): Promise<void> {
    const { seq, clean } = this.source.mark;
    let last = seq;
    for (;;) {
      const batch = this.source.after(last, vectorsPerUpsert);
      const final = batch.at(-1);
      if (!final) break;
      await this.add(
        batch.map((row) => row.contentId),
        joined(batch.map((row) => row.embedding)),
      );
      last = final.seq;
    }
    const inStep = clean && (await this.count()) === (await counted);
    if (!inStep) await this.compareIds();
    if (!inStep || last !== seq) {
      await this.flush();
      this.clean = true;
      this.source.setMark(this.source.lastSeq(), true);
    }
  }

  private async compareIds(): Promise<void> {
    await this.upsertGathered();
    const { stale, missing: ids } = await differences(this.source.liveIds(), this.index.ids());
    await this.delete(stale);
    for (let i = 0; i < ids.length; i += vectorsPerUpsert) {
      const slice = ids.slice(i, i + vectorsPerUpsert);
      const vectors = slice.map((id) => this.source.vector(id) ?? missingVector(id));
      await this.add(slice, joined(vectors));
    }
  }
}

/** One after the other: n × dimensions. Each may be several vectors already. */
export function joined(vectors: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vector of vectors) {
    all.set(vector, at);
    at += vector.length;
  }
  return all;
}

function isFull(error: unknown): error is OcelliError {
  return error instanceof OcelliError && error.code === 'DISK_FULL';
}

function damaged(what: string): OcelliError {
  return new OcelliError('INDEX_DAMAGED', `The search index is damaged: ${what}.`);
}

function missingVector(id: number): never {
  throw new OcelliError(
    'DATA_DAMAGED',
    `The catalogue lists a vector for content ${id} and has none.`,
  );
}
