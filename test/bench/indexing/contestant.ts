// One of several that are compared: processes that work while it is their turn and stand still, as
// the system stops them, while it is another's. A machine may change its speed by a third within
// seconds, by what no program on it sees; turns that are short meet all who are compared alike
// (docs/decisions/0024-compared-in-turns.md).
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryNow, type PeakMemory, watchMemory } from '../memoryWatch.ts';
import { entry } from '../places.ts';
import { cpuSecondsByKind, machineCpuSeconds, treeOf } from '../processTree.ts';
import type { Progress, ProgressMessage } from './progress.ts';

/** What it did between two moments at which it told how far it was. */
export interface Work {
  readonly photos: number;
  /** Of its own turns, so that nothing of it passed while it stood still. */
  readonly seconds: number;
  /** CPU time, where its processes tell of it. */
  readonly cpuSeconds: number | undefined;
}

/** Of all its turns: what it had of the processor, and what others had in spite of it. */
export interface Share {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The same by kind of process. */
  readonly byKind: ReadonlyMap<string, number>;
  readonly othersCpuSeconds: number;
}

export interface ContestantOptions<Job> {
  readonly name: string;
  /** A module of the benchmark's folder, which answers one job (inProcess.ts) and tells its progress. */
  readonly module: string;
  readonly job: Job;
  readonly env?: Readonly<Record<string, string>>;
  /** So many of them at once. Default: one. */
  readonly processes?: number;
  /** Photos until it is in full swing. Default: none, but it is ready to begin. */
  readonly warmUp?: number;
}

/** Signals that stop a process and let it go on: Windows has none. */
export const canStopProcesses = process.platform !== 'win32';

const lookEveryMs = 2000;

export class Contestant {
  private readonly members: readonly Member[];
  private peak: PeakMemory = { peakRssMb: undefined, peakPssMb: undefined };
  private own: Share | undefined;
  private lookedAt = 0;

  private constructor(members: readonly Member[]) {
    this.members = members;
  }

  /** Starts it, lets it come into full swing and stops it until its first turn. */
  static async start<Job extends object>(options: ContestantOptions<Job>): Promise<Contestant> {
    const { processes = 1, warmUp = 0 } = options;
    const members = Array.from({ length: processes }, () => new Member(options));
    const contestant = new Contestant(members);
    const watches = members.map(({ pid }) => watchMemory(pid));
    try {
      await Promise.all(members.map((member) => member.until(warmUp)));
      for (const member of members) {
        member.look();
        member.stop();
      }
    } catch (error) {
      contestant.end();
      throw error;
    } finally {
      for (const watch of watches) contestant.remember(watch.stop());
    }
    return contestant;
  }

  /** Of all its processes, until now: during its start, and at the end of some turns. */
  get peakMemory(): PeakMemory {
    return this.peak;
  }

  /** Of its turns so far; undefined where there is no /proc. */
  get share(): Share | undefined {
    return this.own;
  }

  /** It works for `ms`. Answers whether it has anything left to do. @throws Error when it has failed */
  async turn(ms: number): Promise<boolean> {
    const before = this.cpuSeconds();
    // Looking for processes takes milliseconds, which are nobody's turn.
    for (const member of this.members) member.look();
    const start = performance.now();
    for (const member of this.members) member.goOn();
    await sleep(ms);
    for (const member of this.members) member.stop();
    const seconds = (performance.now() - start) / 1000;
    for (const member of this.members) member.stopRest();
    this.add(seconds, before, this.cpuSeconds());
    this.lookAtMemory();
    return this.members.every((member) => member.isAtWork());
  }

  /** From now on counts what it does: from what it told last. */
  begin(): void {
    this.own = undefined;
    for (const member of this.members) member.readings.splice(0, member.readings.length - 1);
  }

  /**
   * The work of all its processes since `begin`, or in a part of it: in that from one share of what
   * they told to another (0.5 to 1: the later half). Undefined where they told too little.
   */
  work(from = 0, to = 1): Work | undefined {
    const each = this.members.map(({ readings }) => {
      const at = (share: number) => readings[Math.round((readings.length - 1) * share)];
      const [first, last] = [at(from), at(to)];
      return first && last && first !== last ? between(first, last) : undefined;
    });
    const sum = (figure: (work: Work) => number | undefined) =>
      total(each.map((work) => work && figure(work)));
    const [photos, seconds] = [sum((work) => work.photos), sum((work) => work.seconds)];
    if (photos === undefined || seconds === undefined) return undefined;
    return { photos, seconds, cpuSeconds: sum((work) => work.cpuSeconds) };
  }

  end(): void {
    for (const member of this.members) member.end();
  }

  private add(seconds: number, before: Cpu | undefined, after: Cpu | undefined): void {
    if (!before || !after) return;
    const byKind = new Map(this.own?.byKind);
    let cpuSeconds = 0;
    for (const [kind, sum] of after.own) {
      const more = sum - (before.own.get(kind) ?? 0);
      byKind.set(kind, (byKind.get(kind) ?? 0) + more);
      cpuSeconds += more;
    }
    const others = after.machine - before.machine - cpuSeconds;
    this.own = {
      seconds: (this.own?.seconds ?? 0) + seconds,
      cpuSeconds: (this.own?.cpuSeconds ?? 0) + cpuSeconds,
      byKind,
      othersCpuSeconds: (this.own?.othersCpuSeconds ?? 0) + others,
    };
  }

  /** Seldom: to look at all pages of a process takes a while. */
  private lookAtMemory(): void {
    if (performance.now() - this.lookedAt < lookEveryMs) return;
    this.lookedAt = performance.now();
    for (const { pid } of this.members) this.remember(memoryNow(pid));
  }

  private remember({ peakRssMb, peakPssMb }: PeakMemory): void {
    this.peak = {
      peakRssMb: higher(this.peak.peakRssMb, peakRssMb),
      peakPssMb: higher(this.peak.peakPssMb, peakPssMb),
    };
  }

  private cpuSeconds(): Cpu | undefined {
    const own = new Map<string, number>();
    for (const { pid } of this.members) {
      for (const [kind, seconds] of cpuSecondsByKind(pid) ?? []) {
        own.set(kind, (own.get(kind) ?? 0) + seconds);
      }
    }
    const machine = machineCpuSeconds();
    return own.size === 0 || machine === undefined ? undefined : { own, machine };
  }
}

interface Cpu {
  /** By kind of process. */
  readonly own: ReadonlyMap<string, number>;
  readonly machine: number;
}

/** How far a process was after so much time of its own. */
interface Reading extends Progress {
  readonly ranMs: number;
}

function between(first: Reading, last: Reading): Work {
  return {
    photos: last.photos - first.photos,
    seconds: (last.ranMs - first.ranMs) / 1000,
    cpuSeconds:
      first.cpuMs === undefined || last.cpuMs === undefined
        ? undefined
        : (last.cpuMs - first.cpuMs) / 1000,
  };
}

const running = new Set<Member>();

// Who stands still does not see that nobody is there any more.
process.once('exit', () => {
  for (const member of running) member.end();
});

/** A process, and all that it starts. */
class Member {
  readonly readings: Reading[] = [];
  private readonly child: ChildProcess;
  private readonly name: string;
  private known: readonly number[] = [];
  private ranMs = 0;
  /** When it was let go on; undefined while it stands still. */
  private since: number | undefined = performance.now();
  private isDone = false;
  private failure: Error | undefined;
  private waiting: (() => void)[] = [];

  constructor({ name, module, job, env }: ContestantOptions<object>) {
    this.name = name;
    this.child = fork(entry(module), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...env },
      detached: true,
    });
    this.child.on('message', (message) => this.hear(message as Message));
    this.child.once('exit', (code, signal) => this.fail(`ended (${signal ?? code})`));
    this.child.once('error', (error) => this.fail(error.message));
    running.add(this);
    this.child.send(job);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when it has told of so many, or is done. @throws Error when it has failed */
  async until(photos: number): Promise<void> {
    while (this.isAtWork() && (this.readings.at(-1)?.photos ?? -1) < photos) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** @throws Error when it has failed */
  isAtWork(): boolean {
    if (this.failure) throw this.failure;
    return !this.isDone;
  }

  /** Which processes it has: those to wake, and to stop at once. */
  look(): void {
    this.known = treeOf(this.pid);
  }

  goOn(): void {
    this.since = performance.now();
    this.signal('SIGCONT', this.known);
  }

  stop(): void {
    this.signal('SIGSTOP', this.known);
    this.ranMs = this.ranSoFar();
    this.since = undefined;
  }

  /** What it has started since the last look. */
  stopRest(): void {
    this.signal('SIGSTOP', treeOf(this.pid));
  }

  end(): void {
    running.delete(this);
    this.child.removeAllListeners('exit');
    if (this.child.pid !== undefined) this.signal('SIGKILL', treeOf(this.pid));
  }

  /** To the groups that these lead: on Linux each worker leads one of its own. */
  private signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL', pids: readonly number[]): void {
    for (const leader of pids) {
      try {
        process.kill(-leader, signal);
      } catch {
        // It has ended: who waits for it is told.
      }
    }
  }

  private ranSoFar(): number {
    return this.ranMs + (this.since === undefined ? 0 : performance.now() - this.since);
  }

  private hear(message: Message): void {
    if ('error' in message) this.fail(message.error);
    else if ('progress' in message) {
      this.readings.push({ ...message.progress, ranMs: this.ranSoFar() });
    } else this.isDone = true;
    this.wake();
  }

  private fail(why: string): void {
    this.failure ??= new Error(`${this.name}: ${why}`);
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

type Message = ProgressMessage | { readonly error: string } | { readonly result: unknown };

function total(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : sum + value),
    0,
  );
}

function higher(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : Math.max(a, b ?? 0);
}
