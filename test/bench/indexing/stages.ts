// The figures of one indexing run, whichever pipeline made it: what the rows of the report are from.
import type { RunReport } from '../../../src/shared/contract.ts';

export interface Run {
  readonly photos: number;
  /** From the first photo to the last one stored. */
  readonly workMs: number;
  /** With the start-up of processes and sessions, and the scan. */
  readonly totalMs: number;
  /** Sums over all processes. */
  readonly stages: RunReport['stages'];
}

export function photosPerSecond(run: Run): number {
  return (run.photos / run.workMs) * 1000;
}
