// Whether a worker has grown beyond what its work explains. Codecs, allocators and add-ons leak or
// fragment now and then; over a hundred thousand photos a little becomes much.

export interface GrowthLimit {
  /** Jobs after which a worker has all that its work needs: what it has by then is measured by. */
  readonly settledAfter: number;
  readonly times: number;
  readonly plusBytes: number;
}

export const defaultGrowthLimit: GrowthLimit = {
  settledAfter: 64,
  times: 1.5,
  plusBytes: 64 * 2 ** 20,
};

/** One large photo makes a worker large for a moment; so it must be seen so often in a row. */
const sightings = 3;

export class Growth {
  private readonly limit: GrowthLimit;
  private settled = 0;
  private isSettled = false;
  private seen = 0;

  constructor(limit: GrowthLimit) {
    this.limit = limit;
  }

  /**
   * @param bytes of its own that the worker has now.
   * @param jobs that it has done. Whether it has outgrown its limit, for good.
   */
  note(bytes: number, jobs: number): boolean {
    const { settledAfter, times, plusBytes } = this.limit;
    if (!this.isSettled) {
      this.settled = Math.max(this.settled, bytes);
      this.isSettled = jobs >= settledAfter;
      return false;
    }
    this.seen = bytes > this.settled * times + plusBytes ? this.seen + 1 : 0;
    return this.seen >= sightings;
  }
}
