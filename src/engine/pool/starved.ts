// Whether a process that does not answer hangs, or is only given no processor: one that has stepped
// back on a busy machine may get a hundredth of it, and what takes a second then takes minutes.
import { readdirSync, readFileSync } from 'node:fs';

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
    // After the name: state, and ten fields later user and system time (proc_pid_stat(5)).
    const [, ...rest] = fieldsOf(`/proc/${pid}/stat`);
    const states = readdirSync(`/proc/${pid}/task`).map((id) => stateOf(`/proc/${pid}/task/${id}`));
    return {
      cpuMs: (Number(rest[10]) + Number(rest[11])) * tickMs,
      wantsProcessor: states.includes('R'),
    };
  } catch {
    return undefined; // It is gone.
  }
}

function stateOf(thread: string): string | undefined {
  try {
    return fieldsOf(`${thread}/stat`)[0];
  } catch {
    return undefined; // It has ended since it was listed.
  }
}

function fieldsOf(path: string): string[] {
  const stat = readFileSync(path, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Whether it got less than half of the processor that it wanted, between then and now. */
export function wasStarved(before: Activity | undefined, now: Activity, ms: number): boolean {
  if (!now.wantsProcessor) return false;
  // What was not looked at before is given the benefit of the doubt, once.
  return before === undefined || now.cpuMs - before.cpuMs < ms / 2;
}
