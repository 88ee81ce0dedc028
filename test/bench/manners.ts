// What people feel of a run who do something else: how much programs of normal priority, which have
// nothing to do with the indexer, lose while it goes on at each speed.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Speed } from '../../src/engine/resources.ts';
import { speeds } from '../../src/shared/settings.ts';
import type { BystanderJob } from './bystanderProcess.ts';
import type { BenchModel } from './models.ts';
import type { PhotoSet } from './photoSets.ts';
import { entry } from './places.ts';
import { untilQuiet } from './quietMachine.ts';
import type { RunningJob, RunningNews } from './runningProcess.ts';
import { median } from './statistics.ts';

export interface Manners {
  readonly speed: Speed;
  /** Other programs at work, each of which would take a core. */
  readonly bystanders: number;
  /** Of what they get done alone; the median of all rounds, which are beside it. */
  readonly lost: number;
  readonly losses: readonly number[];
  /** What indexing got done beside them. */
  readonly photosPerSecond: number;
}

export interface MannersOptions {
  readonly bench: BenchModel;
  readonly set: PhotoSet;
  readonly folder: string;
  readonly cores: number;
  readonly quick: boolean;
  readonly patience: number;
  tell(text: string): void;
}

const seconds = 6;
/** More than a core indexes in the time that a measurement takes. */
const photosPerCore = 2500;

export async function measureManners(options: MannersOptions): Promise<Manners[]> {
  const { cores, tell } = options;
  const rounds = options.quick ? 1 : 3;
  const figures: Manners[] = [];
  for (const bystanders of [...new Set([1, cores])]) {
    for (const speed of speeds) {
      const losses: number[] = [];
      const rates: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        await untilQuiet(options.patience);
        const { lost, photosPerSecond } = await measureLoss(speed, bystanders, options);
        tell(`${speed}, ${bystanders} beside it: they lose ${(lost * 100).toFixed(1)} %`);
        losses.push(lost);
        rates.push(photosPerSecond);
      }
      figures.push({
        ...{ speed, bystanders, losses },
        lost: median(losses),
        photosPerSecond: median(rates),
      });
    }
  }
  return figures;
}

/** Alone before and after, so that a machine that gets slower or faster meanwhile does not count. */
async function measureLoss(
  speed: Speed,
  bystanders: number,
  options: MannersOptions,
): Promise<{ lost: number; photosPerSecond: number }> {
  const before = await bystandersDo(bystanders);
  const run = await startRun(speed, options);
  try {
    const indexed = run.indexed();
    const start = performance.now();
    const meanwhile = await bystandersDo(bystanders);
    const photosPerSecond = ((run.indexed() - indexed) / (performance.now() - start)) * 1000;
    await run.stop();
    const after = await bystandersDo(bystanders);
    return { lost: 1 - meanwhile / ((before + after) / 2), photosPerSecond };
  } finally {
    await run.stop();
  }
}

/** What they get done together, in rounds of work a second. */
async function bystandersDo(count: number): Promise<number> {
  const each = await Promise.all(Array.from({ length: count }, bystanderDoes));
  return each.reduce((sum, rate) => sum + rate, 0);
}

/** In a session of its own, as a program has that people started from somewhere else. */
async function bystanderDoes(): Promise<number> {
  const child = start('bystanderProcess.ts');
  try {
    const job: BystanderJob = { seconds };
    child.send(job);
    const [answer] = await once(child, 'message');
    if (!isRate(answer)) throw new Error(`A bystander failed: ${JSON.stringify(answer)}`);
    return answer.result;
  } finally {
    child.kill();
  }
}

function isRate(answer: unknown): answer is { readonly result: number } {
  return typeof answer === 'object' && answer !== null && 'result' in answer;
}

interface Running {
  indexed(): number;
  /** When all its processes are gone. */
  stop(): Promise<void>;
}

async function startRun(speed: Speed, options: MannersOptions): Promise<Running> {
  const { bench, set, cores } = options;
  const folder = await mkdtemp(join(options.folder, 'manners-'));
  const child = start('runningProcess.ts');
  const job: RunningJob = {
    dataFolder: join(folder, 'data'),
    modelFolder: bench.model.folder,
    folders: await set.folders(photosPerCore * cores),
    speed,
  };
  child.send(job);
  let indexed = 0;
  await new Promise<void>((resolve, reject) => {
    child.on('message', (news: RunningNews) => {
      if ('error' in news) reject(new Error(news.error));
      else indexed = news.indexed;
      if (indexed > 0) resolve();
    });
    child.once('exit', () => reject(new Error('The run ended before it began')));
  });
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    const ended = once(child, 'exit');
    child.send('stop');
    await ended;
    await rm(folder, { recursive: true, force: true });
    await sleep(500);
  };
  return {
    indexed: () => indexed,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

function start(name: string): ChildProcess {
  return fork(entry(name), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
}
