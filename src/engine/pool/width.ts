// How many pieces of work a stage has under way at once. It may change while the stage works.

export class Width {
  private current: number;
  private readonly listeners = new Set<() => void>();

  /** @param pieces at least 1 */
  constructor(pieces: number) {
    this.current = pieces;
  }

  get now(): number {
    return this.current;
  }

  change(pieces: number): void {
    this.current = pieces;
    for (const listener of this.listeners) listener();
  }

  /** Returns how to stop it. */
  follow(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
