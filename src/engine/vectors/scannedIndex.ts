// Stands in for the index where its files cannot be opened for want of room ([Note: Room for the
// index]): every vector is read from the catalogue and compared. Slow, and it takes no disk at all.
import { setImmediate as breathe } from 'node:timers/promises';
import { dot } from '../../shared/dot.ts';
import type { NearestOptions, ScoredPoint, VectorIndex } from './vectorIndex.ts';

/** What of the catalogue it reads. */
interface ScannedSource {
  /** Vectors of contents that a photo holds, with seq above `seq`, in order. */
  after(seq: number, limit: number): { seq: number; contentId: number; embedding: Float32Array }[];
  liveIds(): AsyncIterable<readonly number[]>;
  liveCount(): Promise<number>;
}

/** Others have their turn after so many. */
const perPage = 500;

export class ScannedIndex implements VectorIndex {
  private readonly source: ScannedSource;
  private readonly whyNot: Error;

  /** @param whyNot thrown at whoever wants something written. */
  constructor(source: ScannedSource, whyNot: Error) {
    this.source = source;
    this.whyNot = whyNot;
  }

  async nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]> {
    const { limit, minScore = Number.NEGATIVE_INFINITY, among } = options;
    const wanted = among && new Set(among);
    const length = Math.sqrt(dot(vector, vector)) || 1;
    let best: ScoredPoint[] = [];
    let last = 0;
    for (;;) {
      const page = this.source.after(last, perPage);
      const final = page.at(-1);
      if (!final) return best;
      last = final.seq;
      for (const { contentId, embedding } of page) {
        if (wanted && !wanted.has(contentId)) continue;
        const score = dot(vector, embedding) / length;
        if (score >= minScore) best.push({ id: contentId, score });
      }
      best = best.sort((a, b) => b.score - a.score).slice(0, limit);
      await breathe();
    }
  }

  async count(): Promise<number> {
    return this.source.liveCount();
  }

  ids(): AsyncIterable<readonly number[]> {
    return this.source.liveIds();
  }

  /** What no photo holds is not among what is read. */
  async delete(): Promise<void> {}

  async upsert(): Promise<void> {
    throw this.whyNot;
  }

  async flush(): Promise<void> {
    throw this.whyNot;
  }

  async optimise(): Promise<void> {
    throw this.whyNot;
  }

  unoptimised(): number {
    return 0;
  }

  async close(): Promise<void> {}
}
