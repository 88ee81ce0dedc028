// The processes that a process has started, and those that these have started.
import { execFileSync } from 'node:child_process';

export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-eo', 'pid=,ppid=']).toString().split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child === undefined || parent === undefined) continue;
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const all: number[] = [];
  for (let ahead = [pid]; ahead.length > 0; ) {
    ahead = ahead.flatMap((each) => children.get(each) ?? []);
    all.push(...ahead);
  }
  return all;
}
