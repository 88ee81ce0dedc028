// Workers as Electron utility processes: no second runtime to carry, and the sandboxed way to have
// a Node process on macOS and Windows. The worker's side is src/engine/pool/parentLink.ts.
import { utilityProcess } from 'electron';
import {
  type FromWorker,
  type StartOptions,
  setNiceness,
  type Transport,
  type WorkerProcess,
} from '../engine/engine.ts';

export function utilityProcessTransport(): Transport {
  return { start: startProcess };
}

function startProcess(
  entry: string,
  name: string,
  { quiet = false }: StartOptions = {},
): WorkerProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `ocelli ${name}`,
    stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit'],
  });
  // A process has no pid before it has started, so what is wanted earlier is kept until then.
  let unwanted = false;
  let wanted: number | undefined;
  child.once('spawn', () => {
    if (unwanted) end(child);
    else if (wanted !== undefined) setNiceness(child.pid, wanted);
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromWorker) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(`status ${code}`)),
    setPriority(priority) {
      wanted = priority;
      return child.pid === undefined || setNiceness(child.pid, priority);
    },
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
