// How a worker process is started and spoken to: one interface with a guest for each kind of host.
import type { FromWorker, ToWorker } from './messages.ts';

export interface WorkerProcess {
  readonly pid: number | undefined;
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Called once, whatever ended the process; `reason` is for people ('signal SIGKILL', 'status 1'). */
  onExit(listener: (reason: string) => void): void;
  /**
   * Niceness, 0 (normal) to 19 (only when nobody else wants the processor), of all its threads.
   * False where the system does not allow it: a process that has stepped back may not come forward.
   */
  setPriority(priority: number): boolean;
  /** Ends the process at once (SIGKILL or its like). */
  kill(): void;
}

export interface StartOptions {
  /** What libraries print to standard error is dropped: for what is tried and may well fail. */
  readonly quiet?: boolean;
}

export interface Transport {
  /** @param entry absolute path of the worker's module. */
  start(entry: string, name: string, options?: StartOptions): WorkerProcess;
}
