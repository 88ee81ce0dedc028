// How long the main process's event loop was held up. A window that stutters, a tray that hangs: it
// shows here first. Off unless OCELLI_DIAGNOSTICS is set; tests read it from outside.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Diagnostics {
  /** Forgets what was measured so far, the start of the app for one. */
  reset(): void;
  /** Milliseconds beyond the interval at which is looked; of all the looks since the last reset. */
  delays(): { readonly max: number; readonly p99: number; readonly looks: number };
}

declare global {
  var ocelliDiagnostics: Diagnostics | undefined;
}

const intervalMs = 5;

export function startDiagnostics(): void {
  const histogram = monitorEventLoopDelay({ resolution: intervalMs });
  histogram.enable();
  const milliseconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - intervalMs);
  globalThis.ocelliDiagnostics = {
    reset: () => histogram.reset(),
    delays: () => ({
      max: milliseconds(histogram.max),
      p99: milliseconds(histogram.percentile(99)),
      looks: histogram.count,
    }),
  };
}
