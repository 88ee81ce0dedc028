// What was made last, kept for who asks again: vectors of queries, as pages, filters and refreshes ask
// for the same words, pictures made for browsers, and lists of what filters leave.

export class Recent<Value> {
  private readonly most: number;
  private readonly values = new Map<string, Promise<Value>>();

  /** @param most that are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** The value kept under this key, or the one that `make` gives; a failure is not kept. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.values.get(key) ?? make();
    // The last one asked for is the last to go.
    this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
    try {
      return await value;
    } catch (error) {
      this.values.delete(key);
      throw error;
    }
  }
}
