// The priority of a process that is already running.
//
// [Note: Niceness on Linux] There it belongs to a thread, not to a process: setpriority(2) on a pid
// changes the first thread and those that it starts later. A worker that runs a model has its other
// threads by then, so each of them is told (https://man7.org/linux/man-pages/man2/setpriority.2.html).
import { readdirSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { statusFields } from './processStatus.ts';

/**
 * @param priority niceness, 0 (normal) to 19 (only when nobody else wants the processor).
 * Whether it has it now: most systems let only root give a process more than it had.
 */
export function setNiceness(pid: number | undefined, priority: number): boolean {
  if (pid === undefined) return false;
  try {
    const nice = Math.min(priority, constants.priority.PRIORITY_LOW);
    for (const id of threadsOf(pid)) setThread(id, nice);
    if (process.platform === 'linux') setSession(pid, nice);
    return true;
  } catch {
    // Not allowed, or already gone: it then runs as before, which is wrong for nobody.
    return false;
  }
}

/** Sessions whose niceness is still to be set: the system takes one a tenth of a second. */
const wanted = new Map<number, number>();
const againMs = 130;
const mostTries = 50;

/** Of a process that leads a session of its own: see the note in forkTransport.ts. */
function setSession(pid: number, nice: number): void {
  const isUnderWay = wanted.has(pid);
  wanted.set(pid, nice);
  if (!isUnderWay) trySession(pid, mostTries);
}

function trySession(pid: number, tries: number): void {
  const nice = wanted.get(pid);
  try {
    if (nice !== undefined && leadsSession(pid)) {
      writeFileSync(`/proc/${pid}/autogroup`, String(nice));
    }
  } catch (error) {
    if (tries > 1 && error instanceof Error && error.message.includes('EAGAIN')) {
      setTimeout(() => trySession(pid, tries - 1), againMs).unref();
      return;
    }
    // Gone, or a system without such groups: there niceness is all there is.
  }
  wanted.delete(pid);
}

function leadsSession(pid: number): boolean {
  const [_state, _parent, _group, session] = statusFields(`/proc/${pid}`);
  return Number(session) === pid;
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
