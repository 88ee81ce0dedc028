// The processes that work, as rows of a table: each by itself, or all of a kind together where there
// are many.
import type { Progress } from '../../../shared/contract.ts';

type Worker = Progress['workers'][number];

export interface WorkerRow {
  readonly key: string;
  /** 'decoder 3', or '16 decoders'. */
  readonly name: string;
  /** Of one alone; empty where it has none yet. */
  readonly pid?: string;
  /** 'working', or '12 working, 4 waiting'. */
  readonly state: string;
  readonly isBusy: boolean;
  /** Of one core. */
  readonly cpuPercent: number;
  readonly rssBytes: number;
}

/** Of one kind; more would push what comes below out of sight. */
const few = 4;

export function hasMany(workers: readonly Worker[]): boolean {
  return kindsOf(workers).some(([, ofKind]) => ofKind.length > few);
}

export function rowOfEach(workers: readonly Worker[]): WorkerRow[] {
  return workers.map(({ name, pid, busy, cpuPercent, rssBytes }) => ({
    key: `${name} ${pid}`,
    pid: pid ? String(pid) : '',
    state: busy ? 'working' : 'waiting',
    isBusy: busy,
    ...{ name, cpuPercent, rssBytes },
  }));
}

export function rowOfEachKind(workers: readonly Worker[]): WorkerRow[] {
  return kindsOf(workers).map(([kind, ofKind]) => {
    const working = ofKind.filter(({ busy }) => busy).length;
    return {
      key: kind,
      name: ofKind.length === 1 ? `1 ${kind}` : `${ofKind.length} ${kind}s`,
      state: stateOf(working, ofKind.length - working),
      isBusy: working > 0,
      cpuPercent: sum(ofKind.map(({ cpuPercent }) => cpuPercent)),
      rssBytes: sum(ofKind.map(({ rssBytes }) => rssBytes)),
    };
  });
}

function stateOf(working: number, waiting: number): string {
  if (waiting === 0) return `${working} working`;
  return working === 0 ? `${waiting} waiting` : `${working} working, ${waiting} waiting`;
}

/** 'decoder' of 'decoder 12'. In the order in which they come. */
function kindsOf(workers: readonly Worker[]): [string, Worker[]][] {
  const kinds = new Map<string, Worker[]>();
  for (const worker of workers) {
    const kind = worker.name.replace(/ \d+$/, '');
    kinds.set(kind, [...(kinds.get(kind) ?? []), worker]);
  }
  return [...kinds];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
