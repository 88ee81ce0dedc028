// Whole runs, each in a process of its own and one after the other: the rows of the report, with the
// start of all processes, their stages and their memory. What is faster is told in turns (turns.ts).
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { towerFile } from '../../../src/engine/embed/session.ts';
import { usualResources } from '../../../src/engine/resources.ts';
import type { Model, Precision } from '../../../src/shared/model.ts';
import type { Effort } from '../effort.ts';
import { inProcess } from '../inProcess.ts';
import type { BenchModel } from '../models.ts';
import type { PhotoSet } from '../photoSets.ts';
import { preparedFolder } from '../preparedModel.ts';
import { tolerableDisturbance, untilQuiet } from '../quietMachine.ts';
import type { EngineJob, EngineRun } from './engineProcess.ts';
import type { ReportedJob } from './reportedProcess.ts';
import { photosPerSecond, type Run } from './stages.ts';

export type Pipeline = 'reported' | 'reported, prefetching' | 'ours';
const pipelines: readonly Pipeline[] = ['reported', 'ours', 'reported, prefetching'];

export interface RunMeasured extends Run {
  /** From the first photo handed to a decoder to the last one stored. */
  readonly photosPerSecond: number;
  readonly inFullSwing: number | undefined;
  readonly peakRssMb: number | undefined;
  readonly peakPssMb: number | undefined;
  readonly cpuSeconds: number | undefined;
  readonly takenByOthers: number | undefined;
}

/** One run of one pipeline with one model. */
export interface Configuration {
  readonly pipeline: Pipeline;
  readonly model: string;
  readonly precision: Precision;
  readonly run: RunMeasured;
}

export interface RunsOptions {
  readonly set: PhotoSet;
  readonly folder: string;
  readonly cores: number;
  readonly effort: Effort;
  readonly patience: number;
  tell(text: string): void;
}

export interface Plan {
  readonly bench: BenchModel;
  readonly precision: Precision;
  /** Photos a second that may be expected of ours. */
  readonly rate: number;
}

/** Of each pipeline the first run that nothing disturbed, or the last of those that may be tried. */
export async function measureRuns(plan: Plan, options: RunsOptions): Promise<Configuration[]> {
  const configurations: Configuration[] = [];
  for (const pipeline of pipelines) {
    const run = await undisturbed(pipeline, plan, options);
    const { bench, precision } = plan;
    configurations.push({ pipeline, model: bench.name, precision, run });
  }
  return configurations;
}

async function undisturbed(
  pipeline: Pipeline,
  plan: Plan,
  options: RunsOptions,
): Promise<RunMeasured> {
  const { effort, patience, tell } = options;
  const { bench, precision, rate } = plan;
  const photos = Math.ceil(rate * effort.seconds * (pipeline === 'ours' ? 1 : 0.5));
  for (let left = effort.mostRuns; ; left--) {
    tell(`run: ${pipeline}, ${bench.name} ${precision}, ${photos} photos`);
    await untilQuiet(patience);
    const run = await measureRun(pipeline, photos, plan, options);
    const others = ((run.takenByOthers ?? 0) * 100).toFixed(0);
    tell(`  ${run.photosPerSecond.toFixed(1)} photos/s, others had ${others} %`);
    if (left <= 1 || (run.takenByOthers ?? 0) <= tolerableDisturbance) return run;
  }
}

async function measureRun(
  pipeline: Pipeline,
  photos: number,
  plan: Plan,
  options: RunsOptions,
): Promise<RunMeasured> {
  const folder = await mkdtemp(join(options.folder, 'run-'));
  try {
    return pipeline === 'ours'
      ? await measureOurs(photos, plan, options, folder)
      : await measureReported(pipeline, photos, plan, options, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureOurs(
  photos: number,
  { bench, precision }: Plan,
  { set }: RunsOptions,
  folder: string,
): Promise<RunMeasured> {
  const { result, ...costs } = await inProcess<EngineJob, EngineRun>('indexing/engineProcess.ts', {
    ...engineJob(bench.model, precision),
    dataFolder: join(folder, 'data'),
    folders: await set.folders(photos),
  });
  const { report, inFullSwing } = result;
  const { indexed, workMs, totalMs, stages } = report;
  const run: Run = { photos: indexed, workMs, totalMs, stages };
  return { ...run, photosPerSecond: photosPerSecond(run), inFullSwing, ...costs };
}

async function measureReported(
  pipeline: Pipeline,
  photos: number,
  { bench, precision }: Plan,
  { set, cores }: RunsOptions,
  folder: string,
): Promise<RunMeasured> {
  const prefetch = pipeline === 'reported, prefetching';
  const { result, ...costs } = await inProcess<ReportedJob, Run>(
    'indexing/reportedProcess.ts',
    {
      ...reportedJob(bench.model, precision, { cores, prefetch }),
      photos: await set.paths(photos),
      indexFolder: join(folder, 'index'),
    },
    reportedEnvironment,
  );
  const rate = photosPerSecond(result);
  return { ...result, photosPerSecond: rate, inFullSwing: rate, ...costs };
}

export function engineJob(
  model: Model,
  precision: Precision,
): Omit<EngineJob, 'dataFolder' | 'folders'> {
  // Measuring the machine anew before each run would say nothing more of the run itself.
  const resources = usualResources();
  return { modelFolder: model.folder, resources, precision, preparedFolder };
}

/** Its pool of 16 for IO. */
export const reportedEnvironment = { UV_THREADPOOL_SIZE: '16' };

export function reportedJob(
  model: Model,
  precision: Precision,
  how: Pick<ReportedJob, 'cores' | 'prefetch'>,
): Omit<ReportedJob, 'photos' | 'indexFolder'> {
  const { image, dimensions } = model.manifest;
  return { file: towerFile(model, 'image', precision), tower: image, dimensions, ...how };
}
