// Programs for what people feel of a run: the run itself, and others that have nothing to do with it.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Speed } from '../../src/engine/resources.ts';
import type { BenchModel } from './models.ts';
import type { PhotoSet } from './photoSets.ts';
import { entry } from './places.ts';
import type { RunningJob, RunningNews } from './runningProcess.ts';

/** Runs the module `name` of this folder on `job`, in a session of its own, as people start programs. */
export async function answerOf<Job extends object, Result>(
  name: string,
  job: Job,
): Promise<Result> {
  const child = start(name);
  try {
    child.send(job);
    const [answer]: ({ result: Result } | { error: string })[] = await once(child, 'message');
    if (answer && 'result' in answer) return answer.result;
    throw new Error(`${name}: ${answer?.error}`);
  } finally {
    child.kill();
  }
}

export interface RunOptions {
  readonly bench: BenchModel;
  readonly set: PhotoSet;
  readonly folder: string;
  readonly cores: number;
}

/** At which speed a run goes, and whether somebody is at the keyboard meanwhile. */
export interface Occasion {
  readonly speed: Speed;
  readonly isInUse: boolean;
}

/** The keyboard matters to balanced alone. */
export const occasions: readonly Occasion[] = [
  { speed: 'eco', isInUse: true },
  { speed: 'balanced', isInUse: true },
  { speed: 'balanced', isInUse: false },
  { speed: 'full', isInUse: true },
];

export function occasionText({ speed, isInUse }: Occasion): string {
  return speed === 'balanced' && isInUse ? 'balanced, somebody at the keyboard' : speed;
}

export interface Running {
  indexed(): number;
  /** When all its processes are gone. */
  stop(): Promise<void>;
}

/** It has begun to store photos, and goes on for longer than a measurement takes. */
export async function startRun(
  { speed, isInUse }: Occasion,
  options: RunOptions,
): Promise<Running> {
  const { bench, set, cores } = options;
  const folder = await mkdtemp(join(options.folder, 'manners-'));
  const child = start('runningProcess.ts');
  const job: RunningJob = {
    dataFolder: join(folder, 'data'),
    modelFolder: bench.model.folder,
    folders: await set.folders(photosPerCore * cores),
    ...{ speed, isInUse },
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

/** More than a core indexes in the time that a measurement takes. */
const photosPerCore = 2500;

function start(name: string): ChildProcess {
  return fork(entry(name), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
}
