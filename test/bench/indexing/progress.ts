// How far a process is that takes part in turns, told to the benchmark; see contestant.ts.

export interface Progress {
  /** Photos since it began. */
  readonly photos: number;
  /** CPU time of the process since it began, in ms; where it does all the work by itself. */
  readonly cpuMs?: number;
}

export interface ProgressMessage {
  readonly progress: Progress;
}

export function tellProgress(progress: Progress): void {
  process.send?.({ progress } satisfies ProgressMessage);
}
