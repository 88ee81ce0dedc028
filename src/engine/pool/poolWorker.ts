// One worker process as the pool sees it: what it has been given, whether it answers in time, and
// what was in its hands when it went.
import { type ErrorCode, fromPlainError, type OcelliError } from '../../shared/errors.ts';
import { usableCores } from './cores.ts';
import { Growth, type GrowthLimit } from './growth.ts';
import type { FromWorker } from './messages.ts';
import { isGone } from './presence.ts';
import { type Activity, activityOf, wasStarved } from './starved.ts';
import type { WorkerProcess } from './transport.ts';

export interface Task<Job, Result> {
  readonly id: number;
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: OcelliError) => void;
  /** How often its process went while it was in hand. */
  losses: number;
  readonly terms: Terms;
}

/** What holds for a job. */
export interface Terms {
  /** From when its process turns to it. */
  readonly timeoutMs: number;
  /** What it fails with when its process died or hung for good. */
  readonly codes: Readonly<Record<Loss, ErrorCode>>;
  /** Processes that it may cost before it fails; 2 is one retry. */
  readonly maxLosses: number;
  /** Goes before those that do not. */
  readonly isUrgent: boolean;
}

export type Loss = 'died' | 'hung';

export interface WorkerEvents<Job, Result> {
  /** It is ready, or has a free place again. */
  free(): void;
  refused(error: OcelliError): void;
  /** It has more memory than its work explains. Told again as long as it is so. */
  outgrown(worker: PoolWorker<Job, Result>): void;
  gone(worker: PoolWorker<Job, Result>, loss: Loss, reason: string): void;
}

/**
 * A host tells of the end of a process. Once, on a busy machine, Electron seemed not to: an embedder that
 * a test had killed kept its photos for good. Gone twice in a row, the host has had time to tell.
 */
const lookEveryMs = 1000;

export class PoolWorker<Job, Result> {
  readonly name: string;
  ready = false;
  /** Its one task may have ended a process before: nothing else is sent meanwhile. */
  alone = false;
  /** Works until a process as it is wanted now is ready to take its place. */
  outdated = false;
  /** Is given nothing more, and ends when its hands are empty. */
  retiring = false;
  /** The one core that it may run on; none: any. */
  core: number | undefined;
  readonly inHand = new Map<number, Task<Job, Result>>();
  private readonly process: WorkerProcess;
  private readonly events: WorkerEvents<Job, Result>;
  private readonly growth: Growth;
  private jobs = 0;
  private timer: NodeJS.Timeout | undefined;
  private hung = false;
  private readonly looking: NodeJS.Timeout;
  private lastPid: number | undefined;
  private wasGone = false;
  private hasExited = false;
  private usage = { rssBytes: 0, cpuPercent: 0, cpuMs: 0, at: performance.now() };

  constructor(
    name: string,
    process: WorkerProcess,
    options: {
      setUp: unknown;
      startTimeoutMs: number;
      growth: GrowthLimit;
    },
    events: WorkerEvents<Job, Result>,
  ) {
    this.name = name;
    this.process = process;
    this.events = events;
    this.growth = new Growth(options.growth);
    process.onMessage((message) => this.receive(message));
    process.onExit((reason) => this.exited(reason));
    process.send({ type: 'setUp', options: options.setUp });
    this.armTimer(options.startTimeoutMs);
    this.looking = setInterval(() => this.look(), lookEveryMs).unref();
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** As the process last told. */
  get load(): { readonly rssBytes: number; readonly cpuPercent: number } {
    return this.usage;
  }

  give(task: Task<Job, Result>): void {
    this.inHand.set(task.id, task);
    if (this.inHand.size === 1) this.armTimer(task.terms.timeoutMs);
    this.process.send({ type: 'job', id: task.id, job: task.job });
  }

  setPriority(priority: number): boolean {
    return this.process.setPriority(priority);
  }

  /** On one core alone; without: on any. */
  keepTo(core: number | undefined): void {
    if (core === this.core) return;
    this.core = core;
    const cores = core === undefined ? usableCores() : [core];
    this.process.send({ type: 'keepTo', cores });
  }

  kill(): void {
    clearTimeout(this.timer);
    this.process.kill();
  }

  private receive(message: FromWorker): void {
    if (message.type === 'usage') {
      this.noteUsage(message.rssBytes, message.cpuMs);
      if (this.growth.note(message.ownBytes, this.jobs)) this.events.outgrown(this);
      return;
    }
    clearTimeout(this.timer);
    if (message.type === 'ready') {
      this.ready = true;
    } else if (message.type === 'refused') {
      this.events.refused(fromPlainError(message.error));
      return;
    } else {
      const task = this.inHand.get(message.id);
      this.inHand.delete(message.id);
      this.jobs += 1;
      if (this.inHand.size === 0) this.alone = false;
      if (message.type === 'done') task?.resolve(message.result as Result);
      else task?.reject(fromPlainError(message.error));
    }
    const [next] = this.inHand.values();
    if (next) this.armTimer(next.terms.timeoutMs);
    this.events.free();
  }

  private noteUsage(rssBytes: number, cpuMs: number): void {
    const at = performance.now();
    const cpuPercent = (100 * (cpuMs - this.usage.cpuMs)) / Math.max(1, at - this.usage.at);
    this.usage = { rssBytes, cpuPercent, cpuMs, at };
  }

  /** Jobs are worked on in order, so one timer, started anew at each answer, watches them all. */
  private armTimer(ms: number, before?: Activity): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const now = activityOf(this.pid);
      if (now && wasStarved(before, now, ms)) {
        this.armTimer(ms, now);
        return;
      }
      this.hung = true;
      this.process.kill();
    }, ms);
  }

  private look(): void {
    this.lastPid = this.pid ?? this.lastPid;
    const gone = this.lastPid !== undefined && isGone(this.lastPid);
    if (gone && this.wasGone) this.exited('it is not there any more');
    this.wasGone = gone;
  }

  private exited(reason: string): void {
    if (this.hasExited) return;
    this.hasExited = true;
    clearInterval(this.looking);
    clearTimeout(this.timer);
    this.events.gone(this, this.hung ? 'hung' : 'died', reason);
  }
}
