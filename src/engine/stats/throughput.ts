// Photos a second over the last moments, and the time that the rest will take at that rate.

export class Throughput {
  private readonly windowMs: number;
  private readonly samples: { at: number; done: number }[] = [];

  constructor(windowMs = 10_000) {
    this.windowMs = windowMs;
  }

  /** @param at milliseconds, any origin. @param done photos finished since the beginning. */
  record(at: number, done: number): void {
    this.samples.push({ at, done });
    while (this.samples.length > 2 && (this.samples[1]?.at ?? at) <= at - this.windowMs) {
      this.samples.shift();
    }
  }

  /** 0 while nothing can be said. */
  get perSecond(): number {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at === first.at) return 0;
    return ((last.done - first.done) / (last.at - first.at)) * 1000;
  }

  remainingMs(left: number): number | undefined {
    const rate = this.perSecond;
    if (left === 0) return 0;
    return rate === 0 ? undefined : (left / rate) * 1000;
  }
}
