// Workers as child processes of plain Node: headless hosts, and decoders under Electron on Linux.
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { FromWorker } from './messages.ts';
import type { Transport, WorkerProcess } from './transport.ts';

export interface ForkOptions {
  /** Niceness of the processes; indexing runs below normal, so that searches and people go first. */
  readonly priority?: number;
  /** Default: the Node that runs this process. */
  readonly execPath?: string;
}

export function forkTransport(options: ForkOptions = {}): Transport {
  return { start: (entry, name) => startProcess(entry, name, options) };
}

function startProcess(entry: string, name: string, options: ForkOptions): WorkerProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [`--title=ocelli ${name}`],
    ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
  });
  if (child.pid !== undefined && options.priority !== undefined) {
    lowerPriority(child.pid, options.priority);
  }
  return {
    pid: child.pid,
    // A failed send means that the process is gone; its exit tells the pool, once.
    send: (message) => void child.send(message, () => {}),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromWorker)),
    onExit: (listener) => {
      let told = false;
      const tell = (reason: string) => {
        if (told) return;
        told = true;
        listener(reason);
      };
      child.on('exit', (code, signal) => tell(signal ? `signal ${signal}` : `status ${code}`));
      child.on('error', (error) => tell(error.message));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function lowerPriority(pid: number, priority: number): void {
  try {
    setPriority(pid, Math.min(priority, constants.priority.PRIORITY_LOW));
  } catch {
    // Not allowed, or already gone: it then runs at normal priority, which is slower for others
    // and wrong for nobody.
  }
}
