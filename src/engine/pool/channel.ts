// A bounded queue between two stages: who fills it waits while it is full, who empties it waits
// while there is nothing. This is the backpressure that keeps memory flat.

/** How long a taker waits for more than one item: until there are `enough`, or for `ms` at most. */
export interface Patience {
  readonly enough: number;
  readonly ms: number;
}

export class Channel<T> {
  private readonly items: T[] = [];
  private readonly room: () => number;
  private readonly pushers: (() => void)[] = [];
  private readonly takers: (() => void)[] = [];
  private ended = false;
  private error: unknown;

  /** @param capacity a function where it may change: what is pushed or taken next goes by it. */
  constructor(capacity: number | (() => number)) {
    this.room = typeof capacity === 'number' ? () => capacity : capacity;
  }

  private get capacity(): number {
    return this.room();
  }

  get size(): number {
    return this.items.length;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** Resolves when there was room: to false where nobody takes any more, and the item is dropped. */
  async push(item: T): Promise<boolean> {
    while (this.items.length >= this.capacity && !this.ended) {
      await new Promise<void>((resolve) => this.pushers.push(resolve));
    }
    if (this.ended) return false;
    this.items.push(item);
    this.takers.shift()?.();
    return true;
  }

  /** No more items; with an error, takers get it once the items are gone. */
  end(error?: unknown): void {
    this.ended = true;
    this.error ??= error;
    for (const wake of [...this.takers.splice(0), ...this.pushers.splice(0)]) wake();
  }

  /**
   * Waits for at least one item, with patience for more, and takes up to `most`; empty at the end.
   */
  async take(most: number, patience: Patience = { enough: 1, ms: 0 }): Promise<T[]> {
    // Again where another taker had them all while this one waited for more.
    do {
      while (this.items.length === 0 && !this.ended) await this.pushed();
      await this.gathered(patience);
    } while (this.items.length === 0 && !this.ended);
    if (this.items.length === 0 && this.error !== undefined) throw this.error;
    const taken = this.items.splice(0, most);
    for (const wake of this.pushers.splice(0, taken.length)) wake();
    // A taker that was woken for an item which this one took as well goes back to sleep by itself;
    // one that was not woken although items are left must be.
    if (this.items.length > 0) this.takers.shift()?.();
    return taken;
  }

  private async gathered({ enough, ms }: Patience): Promise<void> {
    const deadline = performance.now() + ms;
    // A full channel is as much as can come.
    const wanted = Math.min(enough, this.capacity);
    while (this.items.length < wanted && !this.ended) {
      const left = deadline - performance.now();
      if (left <= 0) return;
      await this.pushed(left);
    }
  }

  /** Resolves at the next push that nobody else is woken for, at the end, or after `ms`. */
  private pushed(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.takers.push(wake);
      if (ms === undefined) return;
      timer = setTimeout(() => {
        // Whoever has given up must not be woken in another's place.
        this.takers.splice(this.takers.indexOf(wake), 1);
        resolve();
      }, ms);
    });
  }
}
