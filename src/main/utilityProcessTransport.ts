// Workers as Electron utility processes: no second runtime to carry, and the sandboxed way to have
// a Node process on macOS and Windows. The worker's side is src/engine/pool/parentLink.ts.
import { constants, setPriority } from 'node:os';
import { utilityProcess } from 'electron';
import type { FromWorker, Transport, WorkerProcess } from '../engine/engine.ts';

export interface UtilityOptions {
  /** Niceness of the processes; indexing runs below normal, so that searches and people go first. */
  readonly priority?: number;
}

export function utilityProcessTransport(options: UtilityOptions = {}): Transport {
  return { start: (entry, name) => startProcess(entry, name, options) };
}

function startProcess(entry: string, name: string, { priority }: UtilityOptions): WorkerProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `ocelli ${name}`,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // A process has no pid before it has started, so an early kill is kept until then.
  let unwanted = false;
  child.once('spawn', () => {
    if (unwanted) end(child);
    else if (priority !== undefined) lowerPriority(child.pid, priority);
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromWorker) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(`status ${code}`)),
    kill() {
      unwanted = true;
      end(child);
    },
  };
}

/** child.kill() asks (SIGTERM); a process that hangs in native code must go all the same. */
function end(child: Electron.UtilityProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    child.kill();
  }
}

function lowerPriority(pid: number | undefined, priority: number): void {
  try {
    if (pid !== undefined) setPriority(pid, Math.min(priority, constants.priority.PRIORITY_LOW));
  } catch {
    // Not allowed, or already gone: it then runs at normal priority.
  }
}
