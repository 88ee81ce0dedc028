// Whether a process that does not answer hangs, or is only given no processor: one that has stepped
// back on a busy machine may get a hundredth of it, and what takes a second then takes minutes.
import { readdirSync } from 'node:fs';
import { statusFields } from './processStatus.ts';

/** CPU time of one clock tick in /proc, on every Linux that people run. */
const tickMs = 10;

/** What there is to see of a process at a moment. Undefined where the system does not tell. */
export interface Activity {
  /** Of all its threads, since it started. */
  readonly cpuMs: number;
  /** A thread of it works or would, if it were given the processor. */
  readonly wantsProcessor: boolean;
}

export function activityOf(pid: number | undefined): Activity | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    // User and system time, in ticks.
    const [userTicks, systemTicks] = statusFields(`/proc/${pid}`).slice(11);
    const states = readdirSync(`/proc/${pid}/task`).map((id) => stateOf(`/proc/${pid}/task/${id}`));
    return {
      cpuMs: (Number(userTicks) + Number(systemTicks)) * tickMs,
      wantsProcessor: states.includes('R'),
    };
  } catch {
    return undefined; // It is gone.
  }
}

function stateOf(thread: string): string | undefined {
  try {
    return statusFields(thread)[0];
  } catch {
    return undefined; // It has ended since it was listed.
  }
}

/** Whether it got less than half of the processor that it wanted, between then and now. */
export function wasStarved(before: Activity | undefined, now: Activity, ms: number): boolean {
  if (!now.wantsProcessor) return false;
  // What was not looked at before is given the benefit of the doubt, once.
  return before === undefined || now.cpuMs - before.cpuMs < ms / 2;
}
