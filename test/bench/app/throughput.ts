// The same photos indexed by the command line and by the app, in turns: what a window costs, and what
// it costs to draw a run live.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { runReportSchema } from '../../../src/shared/contract.ts';
import { repository } from '../places.ts';
import { machineCpuSeconds, watchCpu } from '../processTree.ts';
import { untilQuiet } from '../quietMachine.ts';
import { median } from '../statistics.ts';
import { untilShown } from './inPage.ts';
import { type AppHere, type RunningApp, startApp } from './runningApp.ts';
import type { Held } from './starts.ts';

export const hosts = ['command line', 'no window', 'library page', 'indexing page'] as const;
export type Host = (typeof hosts)[number];

export interface HostRun {
  readonly photos: number;
  readonly photosPerSecond: number;
  /**
   * CPU milliseconds of everything that the run needed, for one photo: the pipeline keeps the cores
   * busy, so this bounds its throughput, and it hardly moves with what else a machine does.
   */
  readonly cpuMsPerPhoto: number | undefined;
  /** Share of the cores that the page and what puts it on screen took during the run. */
  readonly drawingShare: number | undefined;
  /** Share of the cores that other programs took. */
  readonly takenByOthers: number | undefined;
  readonly held: Held | undefined;
}

export interface ThroughputFigures {
  readonly photos: number;
  readonly runs: Readonly<Record<Host, readonly HostRun[]>>;
}

export interface ThroughputOptions {
  readonly here: AppHere;
  readonly folder: string;
  readonly folders: readonly string[];
  readonly rounds: number;
  readonly patience: number;
  tell(text: string): void;
}

/** What an app does once, when it has started, is no part of a run: the search is made ready, say. */
const settledAfterMs = 5000;

export async function measureThroughput(options: ThroughputOptions): Promise<ThroughputFigures> {
  const runs: Record<Host, HostRun[]> = {
    'command line': [],
    'no window': [],
    'library page': [],
    'indexing page': [],
  };
  for (let round = 1; round <= options.rounds; round++) {
    for (const host of hosts) {
      await untilQuiet(options.patience);
      const run = await measureRun(host, options);
      runs[host].push(run);
      const others = ((run.takenByOthers ?? 0) * 100).toFixed(0);
      options.tell(
        `round ${round}: ${host}, ${run.photosPerSecond.toFixed(1)} photos/s, others had ${others} %`,
      );
    }
  }
  return { photos: runs['command line'][0]?.photos ?? 0, runs };
}

async function measureRun(host: Host, options: ThroughputOptions): Promise<HostRun> {
  const folder = await mkdtemp(join(options.folder, 'host-'));
  const dataFolder = join(folder, 'data');
  chooseFullSpeed(dataFolder);
  try {
    if (host === 'command line') {
      return await index(options, dataFolder, undefined);
    }
    const app = await startApp(options.here, dataFolder, { hidden: host === 'no window' });
    try {
      await app.page?.evaluate(untilShown, '.app-page > *');
      const address = host === 'indexing page' ? '#/indexing' : '#/library';
      await app.page?.evaluate((hash) => {
        location.hash = hash;
      }, address);
      await sleep(settledAfterMs);
      return await index(options, dataFolder, app);
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Asked for on the command line either way, which hands it on to an app that is open with the data
 * folder and only waits then.
 */
async function index(
  { folders }: ThroughputOptions,
  dataFolder: string,
  app: RunningApp | undefined,
): Promise<HostRun> {
  await app?.resetDelays();
  const before = await costs(app);
  // The app and the command line are both below this process.
  const cpu = watchCpu(process.pid);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(repository, 'bin/ocelli.mjs'),
      '--data',
      dataFolder,
      'index',
      '--quiet',
      '--json',
      ...folders,
    ],
    { maxBuffer: 2 ** 24 },
  ).finally(() => cpu.stop());
  const ours = cpu.stop();
  const after = await costs(app);
  const delays = await app?.delays();
  const report = runReportSchema.parse(JSON.parse(stdout));
  if (report.outcome !== 'complete' || report.embedded < report.eligible) {
    throw new Error(`the run did not index every photo: ${stdout}`);
  }
  const available = ((after.at - before.at) / 1000) * availableParallelism();
  const machine = difference(after.machine, before.machine);
  const drawing = difference(after.drawing, before.drawing);
  const others = difference(machine, ours);
  return {
    photos: report.embedded,
    photosPerSecond: (report.embedded / report.workMs) * 1000,
    cpuMsPerPhoto: ours && (ours * 1000) / report.embedded,
    drawingShare: drawing && drawing / available,
    takenByOthers: others && Math.max(0, others / available),
    held: delays && { longest: delays.max, own: delays.own },
  };
}

interface Costs {
  readonly at: number;
  /** CPU seconds so far. */
  readonly drawing: number | undefined;
  readonly machine: number | undefined;
}

async function costs(app: RunningApp | undefined): Promise<Costs> {
  const drawing = await app?.drawingCpuSeconds();
  return { at: performance.now(), drawing, machine: machineCpuSeconds() };
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

function chooseFullSpeed(dataFolder: string): void {
  const catalog = Catalog.open(dataFolder);
  try {
    catalog.settings.change({ speed: 'full' });
  } finally {
    catalog.close();
  }
}

export function medianRate(runs: readonly HostRun[]): number {
  return median(runs.map(({ photosPerSecond }) => photosPerSecond));
}
