// The priority of a process that is already running.
//
// [Note: Niceness on Linux] There it belongs to a thread, not to a process: setpriority(2) on a pid
// changes the first thread and those that it starts later. A worker that runs a model has its other
// threads by then, so each of them is told (https://man7.org/linux/man-pages/man2/setpriority.2.html).
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * @param priority niceness, 0 (normal) to 19 (only when nobody else wants the processor).
 * Whether it has it now: most systems let only root give a process more than it had.
 */
export function setNiceness(pid: number | undefined, priority: number): boolean {
  if (pid === undefined) return false;
  try {
    const nice = Math.min(priority, constants.priority.PRIORITY_LOW);
    for (const id of threadsOf(pid)) setThread(id, nice);
    return true;
  } catch {
    // Not allowed, or already gone: it then runs as before, which is wrong for nobody.
    return false;
  }
}

function setThread(id: number, nice: number): void {
  try {
    setPriority(id, nice);
  } catch (error) {
    // One that has ended since it was listed matters no more.
    if (!(error instanceof Error && error.message.includes('ESRCH'))) throw error;
  }
}

function threadsOf(pid: number): number[] {
  if (process.platform !== 'linux') return [pid];
  return readdirSync(`/proc/${pid}/task`).map(Number);
}
