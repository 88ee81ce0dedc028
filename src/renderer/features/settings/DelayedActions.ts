// Things that are done a moment after they were asked for, so that they can be taken back until then.

interface Timers {
  set(run: () => void, ms: number): number;
  clear(timer: number): void;
}

interface Waiting {
  readonly timer: number;
  run(): void;
}

export class DelayedActions {
  private readonly delayMs: number;
  private readonly timers: Timers;
  private readonly onChange: (keys: ReadonlySet<string>) => void;
  private readonly waiting = new Map<string, Waiting>();

  /** @param onChange told which are waiting, as a new set each time */
  constructor(delayMs: number, timers: Timers, onChange: (keys: ReadonlySet<string>) => void) {
    this.delayMs = delayMs;
    this.timers = timers;
    this.onChange = onChange;
  }

  /** Replaces one that waits under the same key. */
  schedule(key: string, run: () => void): void {
    this.take(key);
    const timer = this.timers.set(() => this.take(key)?.run(), this.delayMs);
    this.waiting.set(key, { timer, run });
    this.tell();
  }

  cancel(key: string): void {
    this.take(key);
  }

  cancelAll(): void {
    for (const key of [...this.waiting.keys()]) this.take(key);
  }

  /** Does at once all that waits: nobody will be there to do it later. */
  flush(): void {
    for (const key of [...this.waiting.keys()]) this.take(key)?.run();
  }

  private take(key: string): Waiting | undefined {
    const waiting = this.waiting.get(key);
    if (!waiting) return undefined;
    this.timers.clear(waiting.timer);
    this.waiting.delete(key);
    this.tell();
    return waiting;
  }

  private tell(): void {
    this.onChange(new Set(this.waiting.keys()));
  }
}
