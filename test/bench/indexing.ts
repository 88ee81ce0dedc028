// Indexing end to end: ours, the reported pipeline and the bound, on the same photos in one run.
// Configurations take turns, round by round, so that what else the machine does meets all of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { towerFile } from '../../src/engine/embed/session.ts';
import { usualResources } from '../../src/engine/resources.ts';
import type { Precision } from '../../src/shared/model.ts';
import type { Resources } from '../../src/shared/tuning.ts';
import { type Bound, type BoundOptions, measureBound } from './bound.ts';
import type { Effort } from './effort.ts';
import type { EngineJob, EngineRun } from './engineProcess.ts';
import { inProcess } from './inProcess.ts';
import type { BenchModel } from './models.ts';
import type { PhotoSet } from './photoSets.ts';
import { prepare, preparedFolder } from './preparedModel.ts';
import { untilQuiet } from './quietMachine.ts';
import type { ReportedJob } from './reportedProcess.ts';
import { photosPerSecond, type Run } from './stages.ts';

export type Pipeline = 'reported' | 'reported, prefetching' | 'ours';

export interface RunMeasured extends Run {
  readonly photosPerSecond: number;
  readonly inFullSwing: number | undefined;
  readonly peakRssMb: number | undefined;
  readonly peakPssMb: number | undefined;
  readonly cpuSeconds: number | undefined;
  readonly takenByOthers: number | undefined;
}

/** One pipeline with one model, over all rounds. */
export interface Configuration {
  readonly pipeline: Pipeline;
  readonly model: string;
  readonly precision: Precision;
  /**
   * The fastest run of all rounds: whatever else a machine does can only make a run slower. That
   * holds for what we compare with as well.
   */
  readonly run: RunMeasured;
  /** Photos a second of the slowest run. */
  readonly slowest: number;
}

export type BoundOf = Bound & { readonly model: string; readonly precision: Precision };

export interface IndexingFigures {
  readonly set: string;
  readonly aboutSet: string;
  readonly resources: Resources;
  readonly configurations: readonly Configuration[];
  readonly bounds: readonly BoundOf[];
}

export interface IndexingOptions {
  readonly models: readonly BenchModel[];
  readonly set: PhotoSet;
  /** For what runs leave behind; emptied as they end. */
  readonly folder: string;
  readonly cores: number;
  readonly effort: Effort;
  /** What the bound is made of, as far as it was measured already. */
  readonly known: BoundOptions['known'];
  /** Seconds to wait, before each run, for a quiet machine. */
  readonly patience: number;
  tell(text: string): void;
}

interface Plan {
  readonly pipeline: Pipeline;
  readonly bench: BenchModel;
  readonly precision: Precision;
  readonly photos: number;
}

export async function measureIndexing(options: IndexingOptions): Promise<IndexingFigures> {
  let bounds = await measureBounds(options, {});
  const plans = variants(options.models).flatMap(({ bench, precision }) => {
    const bound = bounds.find((each) => each.model === bench.name && each.precision === precision);
    return plansFor(bench, precision, bound?.photosPerSecond ?? 0, options.effort);
  });
  const runs = new Map<Plan, RunMeasured[]>(plans.map((plan) => [plan, []]));
  for (let round = 1; round <= options.effort.mostRounds; round++) {
    for (const plan of plans) {
      if (round > options.effort.rounds && runs.get(plan)?.some(isUndisturbed)) continue;
      const { pipeline, bench, precision, photos } = plan;
      options.tell(`round ${round}: ${pipeline}, ${bench.name} ${precision}, ${photos} photos`);
      await untilQuiet(options.patience);
      const run = await measureRun(plan, options);
      const others = ((run.takenByOthers ?? 0) * 100).toFixed(0);
      options.tell(`  ${run.photosPerSecond.toFixed(1)} photos/s, others had ${others} %`);
      runs.get(plan)?.push(run);
    }
  }
  // The machine may have been slower before than it was during the fastest run.
  if (options.effort.rounds > 1) bounds = await measureBounds(options, { again: true });
  return {
    set: options.set.name,
    aboutSet: options.set.about,
    resources: usualResources(options.cores),
    configurations: [...runs].flatMap(([plan, all]) => summarise(plan, all)),
    bounds,
  };
}

async function measureBounds(
  options: IndexingOptions,
  how: Pick<BoundOptions, 'again'>,
): Promise<BoundOf[]> {
  const bounds: BoundOf[] = [];
  for (const { bench, precision } of variants(options.models)) {
    await prepare(bench, precision);
    options.tell(`the bound, ${bench.name} ${precision}, ${options.set.name} photos`);
    await untilQuiet(options.patience);
    const bound = await measureBound({ ...options, ...how, bench, precision, preparedFolder });
    bounds.push({ ...bound, model: bench.name, precision });
  }
  return bounds;
}

/** Share of the processor that other programs may take before a run says too little. */
export const tolerableDisturbance = 0.05;

/** Also where nobody can say. */
function isUndisturbed({ takenByOthers = 0 }: RunMeasured): boolean {
  return takenByOthers <= tolerableDisturbance;
}

function variants(models: readonly BenchModel[]): { bench: BenchModel; precision: Precision }[] {
  return models.flatMap((bench) => bench.precisions.map((precision) => ({ bench, precision })));
}

/** As many photos as keep each pipeline busy for the time that is wanted, by what may be expected. */
function plansFor(
  bench: BenchModel,
  precision: Precision,
  bound: number,
  { seconds, name }: Effort,
): Plan[] {
  const of = (pipeline: Pipeline, shareOfBound: number): Plan => ({
    pipeline,
    bench,
    precision,
    photos: Math.max(1, Math.round(bound * shareOfBound * seconds)),
  });
  const plans = [of('reported', 0.5), of('ours', 1)];
  return name === 'quick' ? plans : [...plans, of('reported, prefetching', 0.5)];
}

async function measureRun(plan: Plan, options: IndexingOptions): Promise<RunMeasured> {
  const folder = await mkdtemp(join(options.folder, 'run-'));
  try {
    return plan.pipeline === 'ours'
      ? await measureOurs(plan, options, folder)
      : await measureReported(plan, options, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureOurs(
  { bench, precision, photos }: Plan,
  { set }: IndexingOptions,
  folder: string,
): Promise<RunMeasured> {
  const { result, ...costs } = await inProcess<EngineJob, EngineRun>('engineProcess.ts', {
    dataFolder: join(folder, 'data'),
    modelFolder: bench.model.folder,
    // Measuring the machine anew before each run would say nothing more of the run itself.
    resources: usualResources(),
    precision,
    folders: await set.folders(photos),
    preparedFolder,
  });
  const { report, inFullSwing } = result;
  const { indexed, workMs, totalMs, stages } = report;
  const run: Run = { photos: indexed, workMs, totalMs, stages };
  return { ...run, photosPerSecond: photosPerSecond(run), inFullSwing, ...costs };
}

async function measureReported(
  { bench, precision, photos, pipeline }: Plan,
  { set, cores }: IndexingOptions,
  folder: string,
): Promise<RunMeasured> {
  const { manifest } = bench.model;
  const job: ReportedJob = {
    file: towerFile(bench.model, 'image', precision),
    tower: manifest.image,
    dimensions: manifest.dimensions,
    photos: await set.paths(photos),
    indexFolder: join(folder, 'index'),
    cores,
    prefetch: pipeline === 'reported, prefetching',
  };
  const env = { UV_THREADPOOL_SIZE: '16' };
  const { result, ...costs } = await inProcess<ReportedJob, Run>('reportedProcess.ts', job, env);
  const rate = photosPerSecond(result);
  return { ...result, photosPerSecond: rate, inFullSwing: rate, ...costs };
}

function summarise(plan: Plan, runs: readonly RunMeasured[]): Configuration[] {
  const sorted = [...runs].sort((a, b) => a.photosPerSecond - b.photosPerSecond);
  const run = sorted.at(-1);
  if (!run) return [];
  return [
    {
      pipeline: plan.pipeline,
      model: plan.bench.name,
      precision: plan.precision,
      run,
      slowest: sorted[0]?.photosPerSecond ?? run.photosPerSecond,
    },
  ];
}
