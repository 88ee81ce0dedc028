// Stepping aside: while somebody searches, photos wait. A search is a dozen short pieces of work in
// as many processes; where each waits a few milliseconds for a core that indexing has, they add up to
// what people feel. They type for two seconds, and indexing takes hours.
import { setTimeout as sleep } from 'node:timers/promises';

export interface CourtesyTimes {
  /** After an answer, so that it is drawn; longer than the time between two keys. */
  readonly afterMs: number;
  /** No piece of work waits longer: who never stops searching still sees a library grow. */
  readonly mostMs: number;
}

const usual: CourtesyTimes = { afterMs: 150, mostMs: 2000 };
const pollMs = 15;

export class Courtesy {
  private readonly times: CourtesyTimes;
  private searches = 0;
  /** As performance.now() tells. */
  private until = 0;

  constructor(times: CourtesyTimes = usual) {
    this.times = times;
  }

  /** Holds back what has not begun, while `search` goes on and for a moment after. */
  async during<T>(search: () => Promise<T>): Promise<T> {
    this.searches += 1;
    try {
      return await search();
    } finally {
      this.searches -= 1;
      this.until = performance.now() + this.times.afterMs;
    }
  }

  /** Resolves at once where nobody searches, or when `signal` is aborted. */
  async passed(signal: AbortSignal): Promise<void> {
    const end = performance.now() + this.times.mostMs;
    while (this.isAsked && !signal.aborted && performance.now() < end) await sleep(pollMs);
  }

  private get isAsked(): boolean {
    return this.searches > 0 || performance.now() < this.until;
  }
}
