// How a worker process is started and spoken to: one interface with a guest for each kind of host.
import type { FromWorker, ToWorker } from './messages.ts';

export interface WorkerProcess {
  readonly pid: number | undefined;
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Called once, whatever ended the process; `reason` is for people ('signal SIGKILL', 'status 1'). */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once (SIGKILL or its like). */
  kill(): void;
}

export interface Transport {
  /** @param entry absolute path of the worker's module. */
  start(entry: string, name: string): WorkerProcess;
}
