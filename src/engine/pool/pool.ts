// A number of worker processes, which may change, and a queue before them. A process that dies or
// hangs is replaced, and one that grows and grows; each job that was in its hands is tried once more,
// alone, and then fails with a code.
import { isDeepStrictEqual } from 'node:util';
import { OcelliError } from '../../shared/errors.ts';
import { defaultGrowthLimit, type GrowthLimit } from './growth.ts';
import { type Loss, PoolWorker, type Task, type Terms } from './poolWorker.ts';
import type { Transport } from './transport.ts';

/** What may change while the pool works. */
export interface PoolShape {
  /** Processes at most. One is started at once, each other one when there is a job for it. */
  readonly size: number;
  /** Niceness; none: that of this process. */
  readonly priority?: number | undefined;
  /** Numbers of cores: each process runs on one of them alone. None (the default): on any. */
  readonly cores?: readonly number[];
  /** Jobs in a process's hands at once, 1 where it is not said: 2 lets the next one wait there instead of here. */
  readonly depth?: number;
  /** Sent once to every process, before its first job. */
  readonly setUp: unknown;
}

export interface PoolOptions extends PoolShape {
  /** For people: 'decoder' gives the processes 'decoder 1', 'decoder 2' … */
  readonly name: string;
  readonly transport: Transport;
  /** Absolute path of the worker's module. */
  readonly entry: string;
  readonly startTimeoutMs?: number;
  /** Memory from which a process is replaced. */
  readonly growth?: GrowthLimit;
  /** Of jobs that come without terms of their own. */
  readonly terms: JobTerms;
}

export type JobTerms = Pick<Terms, 'timeoutMs' | 'codes'> & Partial<Terms>;

export interface WorkerState {
  readonly name: string;
  readonly pid: number;
  readonly busy: boolean;
  readonly rssBytes: number;
  /** Of one core. */
  readonly cpuPercent: number;
}

/** Starts in a row that may fail before the pool gives up instead of starting processes for ever. */
const maxFailedStarts = 3;

export class Pool<Job, Result> {
  private readonly options: PoolOptions;
  private shape: PoolShape;
  private readonly workers = new Set<PoolWorker<Job, Result>>();
  private readonly queue: Task<Job, Result>[] = [];
  /** Jobs whose process went: each runs alone, before anything else. */
  private readonly suspects: Task<Job, Result>[] = [];
  private nextId = 1;
  private nextName = 1;
  /** Jobs at once, so far: a single photo is not worth a process on every core. */
  private mostJobs = 1;
  private failedStarts = 0;
  private broken: OcelliError | undefined;
  private closed = false;

  constructor(options: PoolOptions) {
    this.options = options;
    this.shape = options;
    this.fit();
  }

  get now(): PoolShape {
    return this.shape;
  }

  /**
   * Holds from now on. No job is lost: a process too many ends with what it has in hand, one that is
   * to be replaced when the other is ready.
   */
  change(shape: PoolShape): void {
    const isOther = !isDeepStrictEqual(shape.setUp, this.shape.setUp);
    this.shape = shape;
    for (const worker of this.workers) {
      if (isOther || !this.prioritise(worker)) worker.outdated = true;
      this.place(worker);
    }
    this.fit();
  }

  /**
   * @param own what else holds for it than for others.
   * @throws the worker's error; codes.died or codes.hung; CANCELLED after close().
   */
  run(job: Job, own: Partial<Terms> = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const terms = { maxLosses: 2, isUrgent: false, ...this.options.terms, ...own };
      const task = { id: this.nextId++, job, resolve, reject, losses: 0, terms };
      if (this.closed) task.reject(cancelled(this.options.name));
      else if (this.broken) task.reject(this.broken);
      else this.enqueue(task);
    });
  }

  private enqueue(task: Task<Job, Result>): void {
    const before = task.terms.isUrgent
      ? this.queue.findIndex(({ terms }) => !terms.isUrgent)
      : this.queue.length;
    this.queue.splice(before < 0 ? this.queue.length : before, 0, task);
    const jobs = this.waiting + this.inHand;
    if (jobs > this.mostJobs) {
      this.mostJobs = jobs;
      this.fit();
    }
    this.dispatch();
  }

  /** Jobs that no process has been given yet. */
  private get waiting(): number {
    return this.queue.length + this.suspects.length;
  }

  /** Jobs in the hands of processes. */
  private get inHand(): number {
    let sum = 0;
    for (const worker of this.workers) sum += worker.inHand.size;
    return sum;
  }

  states(): WorkerState[] {
    return [...this.workers].map((worker) => ({
      name: worker.name,
      pid: worker.pid ?? 0,
      busy: worker.inHand.size > 0,
      rssBytes: worker.load.rssBytes,
      cpuPercent: worker.load.cpuPercent,
    }));
  }

  /** Ends every process at once; jobs not yet answered are rejected with CANCELLED. */
  close(): void {
    this.closed = true;
    for (const worker of this.workers) worker.kill();
    this.rejectAll(cancelled(this.options.name));
  }

  /** Starts and retires processes until there are as many as wanted, as they are wanted. */
  private fit(): void {
    if (this.closed || this.broken) return;
    const size = Math.min(this.shape.size, this.mostJobs);
    const staying = [...this.workers].filter((worker) => !worker.retiring);
    const outdated = staying.filter((worker) => worker.outdated);
    // Those at work before those that are idle, which cost less to lose.
    const current = staying
      .filter((worker) => !worker.outdated)
      .sort((a, b) => b.inHand.size - a.inHand.size || Number(b.ready) - Number(a.ready));
    for (let count = current.length; count < size; count++) this.startWorker();
    const ready = current.slice(0, size).filter((worker) => worker.ready).length;
    const surplus = current.slice(size);
    const replaced = outdated.slice(0, Math.max(0, ready + outdated.length - size));
    for (const worker of [...surplus, ...replaced]) this.retire(worker);
  }

  private retire(worker: PoolWorker<Job, Result>): void {
    worker.retiring = true;
    if (worker.inHand.size === 0) worker.kill();
  }

  /** One at a time: while the next one starts, both take memory. */
  private renew(worker: PoolWorker<Job, Result>): void {
    if ([...this.workers].some(({ outdated }) => outdated)) return;
    worker.outdated = true;
    this.fit();
  }

  private prioritise(worker: PoolWorker<Job, Result>): boolean {
    const { priority } = this.shape;
    return priority === undefined || worker.setPriority(priority);
  }

  private startWorker(): void {
    const { transport, entry, name, startTimeoutMs = 60_000 } = this.options;
    const { growth = defaultGrowthLimit } = this.options;
    const { setUp } = this.shape;
    const title = `${name} ${this.nextName++}`;
    const worker = new PoolWorker<Job, Result>(
      title,
      transport.start(entry, title),
      { setUp, startTimeoutMs, growth },
      {
        free: () => {
          this.fit();
          this.dispatch();
        },
        refused: (error) => this.giveUp(error),
        outgrown: (large) => this.renew(large),
        gone: (gone, loss, reason) => this.replace(gone, loss, reason),
      },
    );
    this.workers.add(worker);
    this.prioritise(worker);
    this.place(worker);
  }

  /** On the core that has the fewest; on any where there are none to choose from. */
  private place(worker: PoolWorker<Job, Result>): void {
    const { cores = [] } = this.shape;
    if (worker.core !== undefined && cores.includes(worker.core)) return;
    const staying = [...this.workers].filter((other) => !other.retiring && !other.outdated);
    const on = (core: number) => staying.filter((other) => other.core === core).length;
    const [emptiest] = [...cores].sort((a, b) => on(a) - on(b));
    worker.keepTo(emptiest);
  }

  private dispatch(): void {
    for (const worker of this.workers) {
      if (worker.retiring && worker.inHand.size === 0) worker.kill();
    }
    const able = [...this.workers].filter(({ ready, retiring }) => ready && !retiring);
    if (able.length > 0) this.failedStarts = 0;
    for (const worker of able) this.giveSuspect(worker);
    // Others run dry, so that the next suspect soon has a process to itself.
    if (this.suspects.length === 0) this.fill(able.filter(({ alone }) => !alone));
  }

  private giveSuspect(worker: PoolWorker<Job, Result>): void {
    if (worker.alone || worker.inHand.size > 0) return;
    const suspect = this.suspects.shift();
    if (!suspect) return;
    worker.alone = true;
    worker.give(suspect);
  }

  /** One for each before a second for any: else some would wait behind others while processes rest. */
  private fill(workers: readonly PoolWorker<Job, Result>[]): void {
    const { depth = 1 } = this.shape;
    for (let inHand = 0; inHand < depth; inHand++) {
      for (const worker of workers) {
        if (worker.inHand.size !== inHand) continue;
        const task = this.queue.shift();
        if (!task) return;
        worker.give(task);
      }
    }
  }

  private replace(worker: PoolWorker<Job, Result>, loss: Loss, reason: string): void {
    this.workers.delete(worker);
    if (this.closed || this.broken) return;
    for (const task of worker.inHand.values()) this.judge(task, loss, worker.name, reason);
    if (!worker.ready && !worker.retiring && ++this.failedStarts >= maxFailedStarts) {
      this.giveUp(
        new OcelliError(
          'WORKER_BROKEN',
          `The ${this.options.name} process does not start: ${reason}`,
        ),
      );
    }
    this.fit();
    this.dispatch();
  }

  private judge(task: Task<Job, Result>, loss: Loss, name: string, reason: string): void {
    task.losses += 1;
    if (task.losses < task.terms.maxLosses) {
      this.suspects.push(task);
      return;
    }
    const what = loss === 'hung' ? 'did not answer in time' : `ended (${reason})`;
    task.reject(new OcelliError(task.terms.codes[loss], `The ${name} process ${what}.`));
  }

  private giveUp(error: OcelliError): void {
    this.broken = error;
    for (const worker of this.workers) worker.kill();
    this.rejectAll(error);
  }

  private rejectAll(error: OcelliError): void {
    for (const worker of this.workers) {
      for (const task of worker.inHand.values()) task.reject(error);
      worker.inHand.clear();
    }
    for (const task of [...this.suspects.splice(0), ...this.queue.splice(0)]) task.reject(error);
  }
}

function cancelled(name: string): OcelliError {
  return new OcelliError('CANCELLED', `The ${name} was told to stop.`);
}
