// What was made last, kept for who asks again: vectors of queries, as pages, filters and refreshes ask
// for the same words, pictures made for browsers, and lists of what filters leave.

interface Kept<Value> {
  readonly promise: Promise<Value>;
  /** Once it is there. */
  value?: Value;
}

export class Recent<Value> {
  private readonly most: number;
  private readonly values = new Map<string, Kept<Value>>();

  /** @param most that are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** The value kept under this key, or the one that `make` gives; a failure is not kept. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const kept: Kept<Value> = this.values.get(key) ?? { promise: make() };
    this.keep(key, kept);
    try {
      kept.value = await kept.promise;
      return kept.value;
    } catch (error) {
      if (this.values.get(key) === kept) this.values.delete(key);
      throw error;
    }
  }

  /** The value kept under this key, if there is one and it need not be waited for. */
  known(key: string): Value | undefined {
    const kept = this.values.get(key);
    if (kept?.value !== undefined) this.keep(key, kept);
    return kept?.value;
  }

  private keep(key: string, kept: Kept<Value>): void {
    // The last one asked for is the last to go.
    this.values.delete(key);
    this.values.set(key, kept);
    const [oldest] = this.values.keys();
    if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
  }
}
