// Workers as child processes of plain Node: headless hosts, and decoders under Electron on Linux.
import { fork } from 'node:child_process';
import type { FromWorker } from './messages.ts';
import { setNiceness } from './niceness.ts';
import type { StartOptions, Transport, WorkerProcess } from './transport.ts';

export interface ForkOptions {
  /** Default: the Node that runs this process. */
  readonly execPath?: string;
}

export function forkTransport(options: ForkOptions = {}): Transport {
  return { start: (entry, name, how) => startProcess(entry, name, { ...options, ...how }) };
}

function startProcess(
  entry: string,
  name: string,
  options: ForkOptions & StartOptions,
): WorkerProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', options.quiet ? 'ignore' : 'inherit', 'ipc'],
    execArgv: [`--title=ocelli ${name}`],
    ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
  });
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
    setPriority: (priority) => setNiceness(child.pid, priority),
    kill: () => void child.kill('SIGKILL'),
  };
}
