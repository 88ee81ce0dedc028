// Each measurement runs in a process of its own, so that none inherits warm caches, memory or
// threads from the one before.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PeakMemory, watchMemory } from './memoryWatch.ts';
import { entry } from './places.ts';
import { cpuSecondsSoFar, machineCpuSeconds } from './processTree.ts';

/** Memory is that of the process and all below it. */
export interface Measured<Result> extends PeakMemory {
  readonly result: Result;
  /** Of the process and all that it started, start-up included. Undefined where there is no /proc. */
  readonly cpuSeconds: number | undefined;
  /**
   * Share of the machine's CPU time that everything else took meanwhile, this process included. What
   * it takes is missing from the measurement. Undefined where there is no /proc.
   */
  readonly takenByOthers: number | undefined;
}

type Answer<Result> =
  | { readonly result: Result; readonly cpuSeconds: number | undefined }
  | { readonly error: string };

/** Runs the module `name` of this folder on `job`. Its standard error goes to ours. */
export async function inProcess<Job, Result>(
  name: string,
  job: Job,
  env: Readonly<Record<string, string>> = {},
): Promise<Measured<Result>> {
  const child = fork(entry(name), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  const memory = watchMemory(child.pid ?? 0);
  const start = performance.now();
  const machineBefore = machineCpuSeconds();
  try {
    const answer = await new Promise<Answer<Result>>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Answer<Result>));
      child.once('exit', (code, signal) => reject(new Error(`${name} ended (${signal ?? code})`)));
      child.once('error', reject);
      child.send(job as object);
    });
    if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
    const seconds = (performance.now() - start) / 1000;
    const others = difference(difference(machineCpuSeconds(), machineBefore), answer.cpuSeconds);
    const takenByOthers = others && Math.max(0, others / seconds / availableParallelism());
    return { ...answer, ...memory.stop(), takenByOthers };
  } finally {
    memory.stop();
    child.kill();
  }
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

/** How long the children of a process that answers have to end, so that their CPU time counts. */
const endOfChildrenMs = 300;

/** The other side: takes one job, answers it. */
export function answerJob<Job, Result>(work: (job: Job) => Promise<Result>): void {
  // Who asked is gone: nobody waits for the answer.
  process.once('disconnect', () => process.exit(1));
  process.once('message', async (job) => {
    let answer: Answer<Result>;
    try {
      const result = await work(job as Job);
      await sleep(endOfChildrenMs);
      answer = { result, cpuSeconds: cpuSecondsSoFar() };
    } catch (error) {
      answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send?.(answer);
  });
}
