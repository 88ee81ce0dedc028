// A process and all its children, and their CPU time, from /proc where there is one (Linux).
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; 100 on every Linux that people run. */
const ticksPerSecond = 100;

/**
 * CPU seconds of this process and of its children that have ended, start-up included; undefined
 * where there is no /proc.
 */
export function cpuSecondsSoFar(): number | undefined {
  return cpuSecondsOf('self');
}

/** The same of another process. */
export function cpuSecondsOf(pid: number | 'self'): number | undefined {
  try {
    // After the name in brackets, which may hold anything: utime, stime, cutime, cstime are the
    // fields 14 to 17 (proc_pid_stat(5)), the first one here being number 3.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return ticks / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** The same of a process and all below it that are there. */
export function cpuSecondsOfTree(pid: number): number | undefined {
  const own = cpuSecondsOf(pid);
  if (own === undefined) return undefined;
  return childrenOf(pid).reduce((sum, child) => sum + (cpuSecondsOfTree(child) ?? 0), own);
}

/**
 * CPU seconds of a process and all below it, by kind: 'worker', 'decoder' or 'embedder', which say so
 * in their titles, 'engine' for all else. Undefined where there is no /proc.
 */
export function cpuSecondsByKind(pid: number): ReadonlyMap<string, number> | undefined {
  if (cpuSecondsOf(pid) === undefined) return undefined;
  const kinds = new Map<string, number>();
  for (const each of treeOf(pid)) {
    const kind = /^ocelli ([a-z]+) /.exec(titleOf(each))?.[1] ?? 'engine';
    kinds.set(kind, (kinds.get(kind) ?? 0) + (cpuSecondsOf(each) ?? 0));
  }
  return kinds;
}

/** Its command line, or what it calls itself; empty when it has ended. */
export function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

const sampleMs = 100;

export interface CpuWatch {
  /** CPU seconds since the watch began; undefined where there is no /proc. */
  stop(): number | undefined;
}

/**
 * Follows the processes below `pid`, ten times a second: what is killed together with its parent is
 * waited for by nobody, and its time would be lost with it.
 */
export function watchCpu(pid: number): CpuWatch {
  const begin = cpuSecondsOfTree(pid);
  let most = begin;
  const look = () => {
    const now = cpuSecondsOfTree(pid);
    if (now !== undefined) most = Math.max(most ?? 0, now);
  };
  const timer = setInterval(look, sampleMs);
  return {
    stop() {
      clearInterval(timer);
      look();
      return begin === undefined || most === undefined ? undefined : most - begin;
    },
  };
}

/**
 * CPU seconds that everything on this machine has used since it started; undefined where there is no
 * /proc.
 */
export function machineCpuSeconds(): number | undefined {
  try {
    // user nice system idle iowait irq softirq steal (proc_stat(5)): all but the two that rest.
    const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** It and all below it. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

/** Of all its threads: one that starts a process is its parent here. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim();
      return text === '' ? [] : text.split(' ').map(Number);
    });
  } catch {
    return [];
  }
}
