// Workers as child processes of plain Node: headless hosts, and decoders under Electron on Linux.
import { fork } from 'node:child_process';
import type { FromWorker } from './messages.ts';
import { setNiceness } from './niceness.ts';
import type { StartOptions, Transport, WorkerProcess } from './transport.ts';

/**
 * [Note: Sessions] On Linux the scheduler first shares the processor between sessions and only then
 * heeds niceness, inside each (sched(7), autogroup): a worker that has stepped back as far as it can
 * would still take half of a core from a program of another terminal. So each leads a session of its
 * own, which niceness.ts gives the same priority. It ends with its parent all the same: its channel
 * closes.
 */
const ownSession = process.platform === 'linux';

/**
 * Most of what a worker handles lies outside V8's heap and is dropped at once. With V8's own choice,
 * 16 MiB for each half of the young generation, a decoder was 40 MB larger and no faster; and it let
 * 34 MB of objects gather before it looked at the old one for the first time (docs/decisions/0020).
 */
const smallHeap = ['--max-semi-space-size=1'];
/** 20 to 35 MB less for each process, and slower code: embedders run little of ours, decoders more. */
const smallest = [...smallHeap, '--optimize-for-size'];

/**
 * Settings of glibc's allocator; other systems do not know them, and what people have set themselves
 * holds. One heap, and what is free at its end goes back to the system: a decoder is 30 to 50 MB
 * smaller for it. What was given back comes again page after page, each of them a fault, of which
 * huge pages need far fewer: a pipeline is up to 12 % faster with them (docs/decisions/0020).
 */
const thrifty = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 20),
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
};

export interface ForkOptions {
  /** Default: the Node that runs this process. */
  readonly execPath?: string;
  /** Speed before memory. Default: memory. */
  readonly isFast?: boolean;
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
    execArgv: [`--title=ocelli ${name}`, ...(options.isFast ? smallHeap : smallest)],
    detached: ownSession,
    env: { ...thrifty, ...process.env },
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
