// The vectors of the last queries: pages, filters and refreshes ask for the same words again and again,
// and while photos are indexed the tower that reads them shares the processor.

/** Half a megabyte of vectors. */
const most = 256;

export class RecentVectors {
  private readonly vectors = new Map<string, Promise<Float32Array>>();

  /** The vector kept under this key, or the one that `make` gives; a failure is not kept. */
  async get(key: string, make: () => Promise<Float32Array>): Promise<Float32Array> {
    const vector = this.vectors.get(key) ?? make();
    // The last one asked for is the last to go.
    this.vectors.delete(key);
    this.vectors.set(key, vector);
    const [oldest] = this.vectors.keys();
    if (this.vectors.size > most && oldest !== undefined) this.vectors.delete(oldest);
    try {
      return await vector;
    } catch (error) {
      this.vectors.delete(key);
      throw error;
    }
  }
}
