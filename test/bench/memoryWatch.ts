// Memory of a process and all its children, from /proc where there is one (Linux).
import { readFileSync } from 'node:fs';
import { titleOf, treeOf } from './processTree.ts';

const sampleMs = 100;
/** Reading what a page is shared by means walking all of them: a few milliseconds a process. */
const sharesEveryMs = 1000;

export interface PeakMemory {
  /**
   * The highest sum of resident memory. Pages that processes share (code, mapped models) count once
   * for each, so the sum is too high rather than too low. Undefined where there is no /proc.
   */
  readonly peakRssMb: number | undefined;
  /** The same with shared pages counted once: what the machine has less. Looked at once a second. */
  readonly peakPssMb: number | undefined;
}

export interface MemoryWatch {
  stop(): PeakMemory;
}

/** What one process holds, in bytes. */
export interface ProcessMemory {
  readonly pid: number;
  /** 'worker 1' or 'decoder 1' for a worker, 'engine' for the process that was asked about. */
  readonly name: string;
  readonly rss: number;
  /** Its share of the pages that it shares, and all of its own. */
  readonly pss: number;
  /** Written by it and by nobody else: what cannot be dropped. */
  readonly anonymous: number;
}

export function watchMemory(pid: number): MemoryWatch {
  let rss = 0;
  let pss = 0;
  const often = setInterval(() => {
    rss = Math.max(rss, sum(treeOf(pid).map(residentBytes)));
  }, sampleMs);
  const seldom = setInterval(() => {
    pss = Math.max(pss, sum(memoryOf(pid).map((each) => each.pss)));
  }, sharesEveryMs);
  return {
    stop() {
      clearInterval(often);
      clearInterval(seldom);
      return { peakRssMb: megabytes(rss), peakPssMb: megabytes(pss) };
    },
  };
}

/** Of a process and all below it; none where there is no /proc. */
export function memoryOf(pid: number): ProcessMemory[] {
  return treeOf(pid).flatMap((each) => {
    try {
      const text = readFileSync(`/proc/${each}/smaps_rollup`, 'utf8');
      const bytes = (field: string) =>
        Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
      const name = each === pid ? 'engine' : nameOf(each);
      return [
        { pid: each, name, rss: bytes('Rss'), pss: bytes('Pss'), anonymous: bytes('Anonymous') },
      ];
    } catch {
      return []; // It has ended.
    }
  });
}

function megabytes(bytes: number): number | undefined {
  return bytes === 0 ? undefined : bytes / 1e6;
}

/**
 * Of this moment, for who is not alone: pages that others on the machine have too, such as those of the
 * same model, are not less for that. A file's are those of the process that has most of them.
 */
export function memoryNow(pid: number): PeakMemory {
  const tree = treeOf(pid);
  return {
    peakRssMb: megabytes(sum(tree.map(residentBytes))),
    peakPssMb: megabytes(sharedOnceBytes(tree)),
  };
}

function sharedOnceBytes(pids: readonly number[]): number {
  const files = new Map<string, number>();
  let anonymous = 0;
  for (const pid of pids) {
    const own = mappingsOf(pid);
    if (!own) continue; // It has ended.
    anonymous += own.anonymous;
    for (const [file, bytes] of own.files) {
      files.set(file, Math.max(files.get(file) ?? 0, bytes));
    }
  }
  return anonymous + sum([...files.values()]);
}

/** Bytes by file, and those of none (proc_pid_smaps(5)). */
function mappingsOf(pid: number) {
  const files = new Map<string, number>();
  let anonymous = 0;
  let file = '';
  let resident = 0;
  try {
    for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
      const [, device, inode] = /^[\da-f]+-[\da-f]+ \S+ \S+ (\S+) (\d+)/.exec(line) ?? [];
      if (inode !== undefined) file = `${device} ${inode}`;
      const [, field, kilobytes] = /^(Rss|Anonymous): +(\d+) kB/.exec(line) ?? [];
      if (field === 'Rss') resident = Number(kilobytes) * 1024;
      if (field !== 'Anonymous') continue;
      const own = Number(kilobytes) * 1024;
      anonymous += own;
      files.set(file, (files.get(file) ?? 0) + resident - own);
    }
  } catch {
    return undefined;
  }
  return { anonymous, files };
}

function nameOf(pid: number): string {
  const title = titleOf(pid);
  return /ocelli ([a-z ]+ \d+)/.exec(title)?.[1] ?? title.slice(0, 40);
}

function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
