// At which priority the threads of processes run (Linux).
import { readdirSync, readFileSync } from 'node:fs';

/** /proc/<pid>/task/<tid>/stat of every thread. */
export function threadsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}/stat`);
}

/** What the scheduler gives the session that this process leads; undefined where it has no such groups. */
export function sessionNicenessOf(pid: number): number | undefined {
  try {
    return Number(/nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

/** Of every thread of them; the nice value is the 17th number after the name. */
export function nicenessOf(pids: readonly number[]): number[] {
  const stats = pids.flatMap(threadsOf).map((path) => readFileSync(path, 'utf8'));
  const all = stats.map((stat) => Number(stat.slice(stat.lastIndexOf(') ')).split(' ')[17]));
  return [...new Set(all)].sort((a, b) => a - b);
}
