// Ours, the reported pipeline and the parts of the bound against each other, on the same photos: all
// of them started, one of them working at a time, for a part of a second.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { usualBatch } from '../../../src/engine/resources.ts';
import type { Precision } from '../../../src/shared/model.ts';
import type { Effort } from '../effort.ts';
import type { BenchModel } from '../models.ts';
import type { PhotoSet } from '../photoSets.ts';
import { preparedFolder } from '../preparedModel.ts';
import type { BoundJob } from './boundProcess.ts';
import { Contestant } from './contestant.ts';
import type { EngineJob } from './engineProcess.ts';
import type { ReportedJob } from './reportedProcess.ts';
import { engineJob, reportedEnvironment, reportedJob } from './runs.ts';
import { type PartName, type TurnFigures, turnFigures, type Works } from './turnFigures.ts';

export interface TurnsOptions {
  readonly bench: BenchModel;
  readonly set: PhotoSet;
  readonly folder: string;
  readonly cores: number;
  readonly effort: Effort;
  tell(text: string): void;
}

/** Short, so that all meet the machine at the same speed; long against the start of a turn. */
const turnMs = { ours: 400, reported: 500, bound: 200 };
/** Photos for each core after which every process of ours has had some. */
const inFullSwing = 16;
/** Sets of so many at most are of large ones. */
const fewPhotos = 32;

/** One of every precision of the model. */
export async function measureInTurns(options: TurnsOptions): Promise<TurnFigures[]> {
  const { bench, cores, set, tell } = options;
  const folder = await mkdtemp(join(options.folder, 'turns-'));
  const contestants: Contestants = new Map();
  try {
    tell(`turns: ${bench.name}, ${set.name} photos`);
    await startAll({ ...options, folder }, contestants);
    const turns = await takeTurns(contestants, turnsFor(options));
    return bench.precisions.map((precision) => {
      const { share, peakMemory: memory } = required(contestants, `ours ${precision}`);
      const works = worksOf(contestants);
      const halves = [worksOf(contestants, 0, 0.5), worksOf(contestants, 0.5, 1)];
      const of = { model: bench.name, precision, cores, turns };
      const figures = turnFigures({ ...of, works, halves, share, memory });
      tell(`  ${precision}: ${summaryOf(figures)}`);
      return figures;
    });
  } finally {
    for (const contestant of contestants.values()) contestant.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

type Contestants = Map<PartName, Contestant>;

/** A large model has the fewest photos a second, and small photos are what aims are set for. */
function turnsFor({ bench, set, effort }: TurnsOptions): number {
  const share = (isLarge(bench) ? 1 : 0.6) * (set.size > fewPhotos ? 1 : 0.7);
  return Math.ceil(effort.turns * share);
}

function isLarge({ precisions }: BenchModel): boolean {
  return precisions.includes('float32');
}

function worksOf(contestants: Contestants, from = 0, to = 1): Works {
  return new Map([...contestants].map(([name, each]) => [name, each.work(from, to)]));
}

function summaryOf({ ours, reportedFloat32, reported, fractionOfBound }: TurnFigures): string {
  const ratio = ours / (reportedFloat32 ?? reported ?? Number.NaN);
  return `${ours.toFixed(1)} photos/s, ${ratio.toFixed(2)} × reported, ${(fractionOfBound * 100).toFixed(0)} % of the bound`;
}

/** In rotation, so that who follows whom changes. Answers how many turns each had. */
async function takeTurns(contestants: Contestants, count: number): Promise<number> {
  // The pipeline's queues are as full as they will be only after a while.
  for (const [name, contestant] of contestants) {
    if (name.startsWith('ours')) await contestant.turn(turnMs.ours * 2);
    contestant.begin();
  }
  const all = [...contestants];
  for (let turn = 0; turn < count; turn++) {
    for (let i = 0; i < all.length; i++) {
      const [name, contestant] = all[(i + turn) % all.length] ?? [];
      // Somebody was faster than expected and has no photos left: what was done until now counts.
      if (name && contestant && !(await contestant.turn(lengthOf(name)))) return turn;
    }
  }
  return count;
}

function lengthOf(name: PartName): number {
  if (name.startsWith('ours')) return turnMs.ours;
  return name.startsWith('reported') ? turnMs.reported : turnMs.bound;
}

type Starts = [PartName, Promise<Contestant>][];

/** The parts of the bound first: they tell how many photos a pipeline may want. */
async function startAll(options: TurnsOptions, contestants: Contestants): Promise<void> {
  const { bench, set } = options;
  await allStarted(startBound(options), contestants);
  const decoding = await roughCost(required(contestants, 'decode'));
  const plans: { precision: Precision; folders: string[] }[] = [];
  for (const precision of bench.precisions) {
    const embedding = await roughCost(required(contestants, `embed ${precision}`));
    const photos = photosFor(options, decoding + embedding);
    plans.push({ precision, folders: await set.folders(photos) });
  }
  // Only now that costs are known and copies written: starting would disturb both.
  const starts = plans.flatMap(({ precision, folders }) =>
    startPipelines(options, precision, folders),
  );
  await allStarted(starts, contestants);
}

/** Those who start together are all waited for, so that none is forgotten when one fails. */
async function allStarted(starts: Starts, contestants: Contestants): Promise<void> {
  const results = await Promise.allSettled(starts.map(([, start]) => start));
  for (const [i, result] of results.entries()) {
    const name = starts[i]?.[0];
    if (name && result.status === 'fulfilled') contestants.set(name, result.value);
  }
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

function startBound(options: TurnsOptions): Starts {
  const { bench, cores, effort } = options;
  const hows = effort.name === 'full' ? (['', ', all cores'] as const) : ([''] as const);
  return hows.flatMap((how): Starts => {
    const processes = how === '' ? 1 : cores;
    return [
      [`decode${how}`, startDecoding(options, processes)],
      ...bench.precisions.map((precision): Starts[number] => [
        `embed${how} ${precision}`,
        startEmbedding(options, precision, processes),
      ]),
    ];
  });
}

/** A quick run compares with the reported pipeline in the model's first precision alone. */
function startPipelines(
  options: TurnsOptions,
  precision: Precision,
  folders: readonly string[],
): Starts {
  const { bench, effort } = options;
  const starts: Starts = [[`ours ${precision}`, startOurs(options, precision, folders)]];
  if (effort.name === 'quick' && precision !== bench.precisions[0]) return starts;
  starts.push([`reported ${precision}`, startReported(options, precision, false)]);
  if (effort.name === 'quick') return starts;
  const prefetching = startReported(options, precision, true);
  return [...starts, [`reported, prefetching ${precision}`, prefetching]];
}

function required(contestants: Contestants, name: PartName): Contestant {
  const contestant = contestants.get(name);
  if (!contestant) throw new Error(`There is no ${name}.`);
  return contestant;
}

/** As many as keep ours busy in all its turns, should it reach what its parts allow, and more. */
function photosFor(options: TurnsOptions, cpuSeconds: number): number {
  const seconds = ((turnsFor(options) + 2) * turnMs.ours) / 1000;
  const headroom = 1.4;
  return Math.ceil((options.cores / cpuSeconds) * seconds * headroom) + inFullSwing * options.cores;
}

/** Seconds for a photo of the first that it tells of. */
async function roughCost(part: Contestant): Promise<number> {
  for (;;) {
    await part.turn(turnMs.bound);
    const work = part.work();
    if (work) return (work.cpuSeconds ?? work.seconds) / work.photos;
  }
}

async function startDecoding(
  { bench, set, folder }: TurnsOptions,
  processes: number,
): Promise<Contestant> {
  // Copies, so that thumbnails are written into as many new folders as a pipeline's are.
  const photos = await set.paths(set.size * 4);
  // One large photo may cost twice what another does, so all of a few have their turn.
  const atOnce = set.size <= fewPhotos ? set.size : 1;
  const job: BoundJob = { stage: 'decode', model: bench.model, photos, atOnce, folder };
  return Contestant.start({ name: 'decode', module: 'indexing/boundProcess.ts', job, processes });
}

function startEmbedding(
  { bench: { model } }: TurnsOptions,
  precision: Precision,
  processes: number,
): Promise<Contestant> {
  const job: BoundJob = { stage: 'embed', model, precision, batch: usualBatch, preparedFolder };
  return Contestant.start({ name: 'embed', module: 'indexing/boundProcess.ts', job, processes });
}

function startOurs(
  { bench, folder, cores }: TurnsOptions,
  precision: Precision,
  folders: readonly string[],
): Promise<Contestant> {
  const job: EngineJob = {
    ...engineJob(bench.model, precision),
    dataFolder: join(folder, `data-${precision}`),
    folders,
    tellsProgress: true,
  };
  const module = 'indexing/engineProcess.ts';
  return Contestant.start({ name: 'ours', module, job, warmUp: inFullSwing * cores });
}

async function startReported(
  { bench, set, folder, cores }: TurnsOptions,
  precision: Precision,
  prefetch: boolean,
): Promise<Contestant> {
  const job: ReportedJob = {
    ...reportedJob(bench.model, precision, { cores, prefetch }),
    photos: await set.paths(set.size),
    indexFolder: join(folder, `reported-${precision}-${prefetch}`),
    endless: true,
  };
  const module = 'indexing/reportedProcess.ts';
  return Contestant.start({ name: 'reported', module, job, env: reportedEnvironment });
}
