// A bounded queue between two stages: who fills it waits while it is full, who empties it waits
// while there is nothing. This is the backpressure that keeps memory flat.

export class Channel<T> {
  private readonly items: T[] = [];
  private readonly capacity: number;
  private readonly pushers: (() => void)[] = [];
  private readonly takers: (() => void)[] = [];
  private ended = false;
  private error: unknown;

  constructor(capacity: number) {
    this.capacity = capacity;
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

  /** Waits for at least one item and takes up to `most`; empty at the end. */
  async take(most: number): Promise<T[]> {
    while (this.items.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => this.takers.push(resolve));
    }
    if (this.items.length === 0 && this.error !== undefined) throw this.error;
    const taken = this.items.splice(0, most);
    for (const wake of this.pushers.splice(0, taken.length)) wake();
    // A taker that was woken for an item which this one took as well goes back to sleep by itself;
    // one that was not woken although items are left must be.
    if (this.items.length > 0) this.takers.shift()?.();
    return taken;
  }
}
