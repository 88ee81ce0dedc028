// Which transport starts which kind of process. Hosts may bring their own.
import { forkTransport } from './pool/forkTransport.ts';
import type { Transport } from './pool/transport.ts';

export interface WorkerTransports {
  readonly decoders: Transport;
  readonly embedders: Transport;
}

export interface Transports {
  /** @param priority niceness, 0 (normal) to 19 (only when nobody else wants the processor). */
  indexing(priority: number): WorkerTransports;
  /** For searches: at normal priority. */
  readonly queries: WorkerTransports;
}

/** Child processes of the Node that runs this. */
export function forkTransports(): Transports {
  const both = (transport: Transport) => ({ decoders: transport, embedders: transport });
  return {
    indexing: (priority) => both(forkTransport({ priority })),
    queries: both(forkTransport()),
  };
}
