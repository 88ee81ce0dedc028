// How long the main process's event loop was held up, from the moment that Electron is ready. A window
// that stutters, a tray that hangs: it shows here first. Off unless OCELLI_DIAGNOSTICS is set; tests
// read it from outside.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Delays {
  /** Milliseconds beyond the interval at which is looked; of all the looks since the last reset. */
  readonly max: number;
  readonly p99: number;
  readonly looks: number;
  /**
   * The longest, counting only what this thread computed in the meantime (which only Linux tells):
   * what the app itself is to blame for on a machine that is busy with other things.
   */
  readonly own: number;
}

export interface Diagnostics {
  /** Forgets what was measured so far, the start of the app for one. */
  reset(): void;
  delays(): Delays;
}

declare global {
  var ocelliDiagnostics: Diagnostics | undefined;
}

const intervalMs = 5;

export function startDiagnostics(): void {
  const histogram = monitorEventLoopDelay({ resolution: intervalMs });
  histogram.enable();
  let own = 0;
  let last = { at: performance.now(), computed: computedMs() };
  setInterval(() => {
    const now = { at: performance.now(), computed: computedMs() };
    const delay = now.at - last.at - intervalMs;
    own = Math.max(own, Math.min(delay, now.computed - last.computed));
    last = now;
  }, intervalMs).unref();
  const milliseconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - intervalMs);
  globalThis.ocelliDiagnostics = {
    reset() {
      histogram.reset();
      own = 0;
    },
    delays: () => ({
      max: milliseconds(histogram.max),
      p99: milliseconds(histogram.percentile(99)),
      looks: histogram.count,
      own,
    }),
  };
}

/** What this thread has computed so far: the first number, nanoseconds. */
function computedMs(): number {
  if (process.platform !== 'linux') return performance.now();
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}
