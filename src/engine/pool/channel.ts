// A bounded queue between two stages: who fills it waits while it is full, who empties it waits
// while there is nothing. This is the backpressure that keeps memory flat.

import { createSerial } from './serial.ts';

/** How long a taker waits for more than one item: until there are `enough`, or for `ms` at most. */
export interface Patience {
  readonly enough: number;
  readonly ms: number;
}

export class Channel<T> {
  private readonly items: T[] = [];
  private readonly room: () => number;
  private readonly pushers: (() => void)[] = [];
  /** Takers come one after the other: of several that gather at once none would have its fill. */
  private readonly inTurn = createSerial();
  /** Wakes the taker whose turn it is, where it waits. */
  private wake: (() => void) | undefined;
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
    this.wake?.();
    return true;
  }

  /** No more items; with an error, takers get it once the items are gone. */
  end(error?: unknown): void {
    this.ended = true;
    this.error ??= error;
    this.wake?.();
    for (const wake of this.pushers.splice(0)) wake();
  }

  /**
   * Waits for at least one item, with patience for more, and takes up to `most`; empty at the end.
   */
  take(most: number, patience: Patience = { enough: 1, ms: 0 }): Promise<T[]> {
    return this.inTurn(() => this.takeNext(most, patience));
  }

  private async takeNext(most: number, patience: Patience): Promise<T[]> {
    while (this.items.length === 0 && !this.ended) await this.pushed();
    await this.gathered(patience);
    if (this.items.length === 0 && this.error !== undefined) throw this.error;
    const taken = this.items.splice(0, most);
    for (const wake of this.pushers.splice(0, taken.length)) wake();
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

  /** Resolves at the next push, at the end, or after `ms`. */
  private pushed(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.wake?.(), ms);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
    });
  }
}
