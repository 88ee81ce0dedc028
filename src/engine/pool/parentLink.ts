// A worker's line to its parent: Node's IPC channel for a child process, or Electron's message port
// for a utility process. The engine imports no Electron; what it needs of the port is said here.
import type { FromWorker, ToWorker } from './messages.ts';

export interface ParentLink {
  send(message: FromWorker): void;
  onMessage(listener: (message: ToWorker) => void): void;
}

/** process.parentPort of a utility process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

export function parentLink(): ParentLink {
  const port: unknown = Reflect.get(process, 'parentPort');
  return isParentPort(port) ? overPort(port) : overChannel();
}

function overPort(port: ParentPort): ParentLink {
  return {
    send: (message) => port.postMessage(message),
    // Utility processes end with Electron; there is no channel whose end could be missed.
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data as ToWorker)),
  };
}

function overChannel(): ParentLink {
  return {
    // A reply that nobody is there to take is no error: the channel's end follows at once.
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage(listener) {
      process.on('message', (message: ToWorker) => listener(message));
      // A parent that was killed closes the channel: whoever is left must not linger.
      process.on('disconnect', () => process.exit(0));
    },
  };
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}
