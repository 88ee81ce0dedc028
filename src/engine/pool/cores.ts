// On which cores a worker may run.
//
// [Note: A core of its own] A photo that is decoded passes from thread to thread of its process a dozen
// times, and whenever one wakes Linux looks for a core for it. Where all are at work it often chooses
// that of another worker, which goes on, and the own core rests until somebody looks again. A worker
// that may not leave its core has nowhere else to wake (docs/decisions/0030-one-process-a-core.md).
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { createSerial } from './serial.ts';

/**
 * Numbers of the cores that a process may run on; none where the system does not tell: only Linux does.
 * @param folder `/proc/<pid>`, or `/proc/<pid>/task/<id>` of one of its threads. Default: this process.
 */
export function usableCores(folder = '/proc/self'): number[] {
  if (process.platform !== 'linux') return [];
  try {
    const status = readFileSync(`${folder}/status`, 'utf8');
    return coresIn(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
  } catch {
    return [];
  }
}

/** @param list as Linux writes it: '0-3,8'. */
export function coresIn(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    if (first === undefined || last === undefined || range === '') return [];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** What is asked for later is done later. */
const inTurn = createSerial();

/**
 * All threads of this process, and those that they start, run on these cores from now on. A worker does it
 * itself, as starting a program takes the large process of a host some ten milliseconds. Without
 * `taskset`, which is part of util-linux, it runs wherever it did, which is slower and wrong for nobody.
 */
export function keepTo(cores: readonly number[]): void {
  const how = ['-a', '-p', '-c', cores.join(','), String(process.pid)];
  void inTurn(() => promisify(execFile)('taskset', how).catch(() => undefined));
}
