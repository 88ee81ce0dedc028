// Pausing: work passes the gate while it is open and waits before it while it is shut.

export class Gate {
  private waiting: (() => void)[] = [];
  private shut = false;

  get isShut(): boolean {
    return this.shut;
  }

  close(): void {
    this.shut = true;
  }

  open(): void {
    this.shut = false;
    for (const pass of this.waiting.splice(0)) pass();
  }

  /** Resolves at once while the gate is open. */
  async passed(): Promise<void> {
    while (this.shut) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
