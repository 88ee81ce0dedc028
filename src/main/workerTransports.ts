// Which runtime each worker process gets.
//
// [Note: sharp beside GTK] On Linux Electron's binary is linked against GTK's GLib, and sharp brings
// its own: any process of that binary that decodes floods stderr with GLib-GObject-CRITICAL and
// loses 40 % of its speed. So decoders run on the plain Node that the app carries there. ONNX
// Runtime gets along with Electron's binary everywhere.
import { forkTransport, type Transport, type Transports } from '../engine/engine.ts';
import { carriedNode } from './carriedNode.ts';
import { utilityProcessTransport } from './utilityProcessTransport.ts';

export function workerTransports(platform = process.platform): Transports {
  const decoders = (priority?: number): Transport =>
    platform === 'linux'
      ? forkTransport({ ...atPriority(priority), execPath: carriedNode() })
      : utilityProcessTransport(atPriority(priority));
  return {
    indexing: (priority) => ({
      decoders: decoders(priority),
      embedders: utilityProcessTransport({ priority }),
    }),
    queries: { decoders: decoders(), embedders: utilityProcessTransport() },
  };
}

function atPriority(priority: number | undefined): { priority?: number } {
  return priority === undefined ? {} : { priority };
}
