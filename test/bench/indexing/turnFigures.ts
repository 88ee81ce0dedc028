// From what all did in their turns to figures: rates, the bound, and how much of it the pipeline
// reaches.
import type { Precision } from '../../../src/shared/model.ts';
import type { PeakMemory } from '../memoryWatch.ts';
import type { Share, Work } from './contestant.ts';

/** What takes part: a pipeline, or one part of a photo's work alone. */
export type Part =
  | 'ours'
  | 'reported'
  | 'reported, prefetching'
  | 'embed'
  | 'embed, all cores'
  | 'decode'
  | 'decode, all cores';

/** 'ours int8'; decoding is the same for both precisions. */
export type PartName = `${Part} ${Precision}` | 'decode' | 'decode, all cores';

/** What each did in the same time. */
export type Works = ReadonlyMap<PartName, Work | undefined>;

/** Cores ÷ (CPU time to decode one photo + CPU time to embed one). */
export interface Bound {
  readonly decodeCpuMs: number;
  readonly embedCpuMs: number;
  readonly photosPerSecond: number;
}

export interface TurnFigures {
  readonly model: string;
  readonly precision: Precision;
  readonly turns: number;
  /** Photos a second. */
  readonly ours: number;
  readonly reported: number | undefined;
  readonly reportedFloat32: number | undefined;
  readonly reportedPrefetching: number | undefined;
  /** Each part in one process, the other cores idle. */
  readonly bound: Bound;
  /** With a process on each core at once, as in a pipeline; undefined where it was not measured. */
  readonly allCores: Bound | undefined;
  readonly fractionOfBound: number;
  /** The same of the first half and of the second, where they hold enough: how far to trust it. */
  readonly fractionOfHalves: readonly number[];
  /** What a photo costs in the pipeline; undefined where nobody can tell. */
  readonly pipeline: PipelineCost | undefined;
  /** Share of the cores' time in which the pipeline let them rest. */
  readonly idleShare: number | undefined;
  /** Share of the processor that other programs took in the pipeline's turns. */
  readonly takenByOthers: number | undefined;
  readonly memory: PeakMemory;
}

/** CPU time for a photo in processes of one kind, ms. */
export interface PipelineCost {
  /** Decoding and embedding. */
  readonly workers: number;
  /** The process of the engine: messages, the catalogue, the index. */
  readonly engine: number;
}

export interface TurnsOf {
  readonly model: string;
  readonly precision: Precision;
  readonly cores: number;
  readonly turns: number;
  readonly works: Works;
  readonly halves: readonly Works[];
  /** Of the pipeline's turns. */
  readonly share: Share | undefined;
  readonly memory: PeakMemory;
}

/** @throws Error where the pipeline or a part of the bound told too little */
export function turnFigures(options: TurnsOf): TurnFigures {
  const { model, precision, cores, turns, works, halves, share, memory } = options;
  const ours = rateOf(works, `ours ${precision}`);
  const bound = boundOf(works, precision, cores);
  const fractionOfBound = fractionOf(works, precision, cores);
  if (!ours || !bound || !fractionOfBound) {
    throw new Error(`${model} ${precision} was measured for too short a time.`);
  }
  const coreSeconds = share && share.seconds * cores;
  return {
    model,
    precision,
    turns,
    ours,
    reported: rateOf(works, `reported ${precision}`),
    reportedFloat32: rateOf(works, 'reported float32'),
    reportedPrefetching: rateOf(works, `reported, prefetching ${precision}`),
    bound,
    allCores: boundOf(works, precision, cores, ', all cores'),
    fractionOfBound,
    fractionOfHalves: halves.flatMap((half) => fractionOf(half, precision, cores) ?? []),
    pipeline: share && pipelineCost(share, ours),
    idleShare: share && coreSeconds && 1 - share.cpuSeconds / coreSeconds,
    takenByOthers: share && coreSeconds && Math.max(0, share.othersCpuSeconds / coreSeconds),
    memory,
  };
}

function pipelineCost({ byKind, seconds }: Share, photosPerSecond: number): PipelineCost {
  const cost = (kind: string) => ((byKind.get(kind) ?? 0) / seconds / photosPerSecond) * 1000;
  const workers = ['worker', 'decoder', 'embedder'].reduce((sum, kind) => sum + cost(kind), 0);
  return { workers, engine: cost('engine') };
}

function fractionOf(works: Works, precision: Precision, cores: number): number | undefined {
  const ours = rateOf(works, `ours ${precision}`);
  const bound = boundOf(works, precision, cores);
  return ours && bound && ours / bound.photosPerSecond;
}

function boundOf(
  works: Works,
  precision: Precision,
  cores: number,
  how: '' | ', all cores' = '',
): Bound | undefined {
  const decode = costOf(works.get(`decode${how}`));
  const embed = costOf(works.get(`embed${how} ${precision}`));
  if (decode === undefined || embed === undefined) return undefined;
  return {
    decodeCpuMs: decode * 1000,
    embedCpuMs: embed * 1000,
    photosPerSecond: cores / (decode + embed),
  };
}

/** CPU seconds for a photo. */
function costOf(work: Work | undefined): number | undefined {
  return work?.cpuSeconds && work.cpuSeconds / work.photos;
}

function rateOf(works: Works, name: PartName): number | undefined {
  const work = works.get(name);
  return work && work.photos / work.seconds;
}
