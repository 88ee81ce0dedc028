// What happens in a run, as it happens: counters and the time that stages take.
import type { StageTimes } from '../../shared/contract.ts';

export class RunStats {
  readonly startedAt: number;
  /** Photos that the scan has found so far. */
  eligible = 0;
  scanned = false;
  readonly unchanged = { indexed: 0, failed: 0, skipped: 0 };
  indexed = 0;
  failed = 0;
  skipped = 0;
  recognised = 0;
  embedded = 0;
  removed = 0;
  scanMs = 0;
  /** Milliseconds of performance.now() at the first photo looked into and the last one stored. */
  firstWork: number | undefined;
  lastWork: number | undefined;
  readonly stages: StageTimes = { read: 0, decode: 0, thumbnail: 0, embed: 0, store: 0, upsert: 0 };
  private readonly start = performance.now();

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  get elapsedMs(): number {
    return performance.now() - this.start;
  }

  get workMs(): number {
    if (this.firstWork === undefined || this.lastWork === undefined) return 0;
    return this.lastWork - this.firstWork;
  }

  /** Photos that this run has dealt with, unchanged ones left out. */
  get worked(): number {
    return this.indexed + this.failed + this.skipped;
  }

  addTime(stage: keyof StageTimes, ms: number): void {
    this.stages[stage] += ms;
  }
}
