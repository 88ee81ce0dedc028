// A transport whose workers answer late, for tests that want to catch a run in the middle. The
// processes behind it are real.
import { forkTransport } from '../../src/engine/pool/forkTransport.ts';
import type { Transport } from '../../src/engine/pool/transport.ts';
import type { Transports } from '../../src/engine/transports.ts';

/** @param delayMs before each answer of the workers whose name is `pattern`'s. */
export function slowTransport(pattern: RegExp, delayMs: number): Transport {
  const real = forkTransport();
  return {
    start(entry, title, options) {
      const worker = real.start(entry, title, options);
      if (!pattern.test(title)) return worker;
      return {
        pid: worker.pid,
        send: (message) => worker.send(message),
        setPriority: (priority) => worker.setPriority(priority),
        kill: () => worker.kill(),
        onExit: (listener) => worker.onExit(listener),
        onMessage: (listener) =>
          worker.onMessage((message) => {
            setTimeout(() => listener(message), message.type === 'ready' ? 0 : delayMs);
          }),
      };
    },
  };
}

/** Indexing with workers of such names slowed down, searching as ever. */
export function slowIndexing(pattern: RegExp, delayMs: number): Transports {
  const slow = slowTransport(pattern, delayMs);
  const normal = forkTransport();
  return {
    indexing: { decoders: slow, embedders: slow },
    queries: { decoders: normal, embedders: normal },
  };
}
