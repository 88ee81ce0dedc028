// Which runtime each worker process gets.
//
// [Note: sharp beside GTK] On Linux Electron's binary is linked against GTK's GLib, and sharp brings
// its own: any process of that binary that decodes floods stderr with GLib-GObject-CRITICAL and
// loses 40 % of its speed. So what decodes runs on the plain Node that the app carries there. ONNX
// Runtime gets along with Electron's binary everywhere.
import { forkTransport, type Transports } from '../engine/engine.ts';
import { carriedNode } from './carriedNode.ts';
import { utilityProcessTransport } from './utilityProcessTransport.ts';

export function workerTransports(platform = process.platform): Transports {
  const embedders = utilityProcessTransport();
  const decoders =
    platform === 'linux'
      ? forkTransport({ execPath: carriedNode(), isFast: true })
      : utilityProcessTransport();
  const workers = { decoders, embedders };
  return { indexing: workers, queries: workers };
}
