// Which transport starts which kind of process. Hosts may bring their own.
import { forkTransport } from './pool/forkTransport.ts';
import type { Transport } from './pool/transport.ts';

export interface WorkerTransports {
  /** Of what decodes, whether or not it embeds as well. */
  readonly decoders: Transport;
  readonly embedders: Transport;
}

export interface Transports {
  /** For photos; a run sets their priority. */
  readonly indexing: WorkerTransports;
  /** For searches: at normal priority. */
  readonly queries: WorkerTransports;
}

/** Child processes of the Node that runs this. */
export function forkTransports(): Transports {
  const workers = () => ({
    decoders: forkTransport({ isFast: true }),
    embedders: forkTransport(),
  });
  return { indexing: workers(), queries: workers() };
}
