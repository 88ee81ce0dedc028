// What one run of the benchmark found, and its rows for programs to read.
import type { Precision } from '../../src/shared/model.ts';
import { aims } from './aims.ts';
import type { AppFigures } from './app/app.ts';
import type { Drawing } from './drawing.ts';
import type { IndexingFigures } from './indexing/indexing.ts';
import type { Configuration, Pipeline } from './indexing/runs.ts';
import type { TurnFigures } from './indexing/turnFigures.ts';
import type { Machine } from './machine.ts';
import type { Manners } from './manners.ts';
import type { MemoryFigures } from './memory.ts';
import type { RescanFigures } from './rescan.ts';
import type { ScaleFigures } from './scaleProcess.ts';
import type { ScrollFigures } from './scrolling.ts';
import type { SearchFigures } from './searching.ts';
import type { SweepFigures } from './sweep.ts';

export interface Results {
  readonly machine: Machine;
  readonly effort: string;
  readonly notes: readonly string[];
  /** One for each kind of photos. */
  readonly indexing?: readonly IndexingFigures[];
  readonly rescan?: readonly RescanFigures[];
  readonly search?: SearchFigures;
  readonly app?: AppFigures;
  readonly scrolling?: ScrollFigures;
  readonly memory?: MemoryFigures;
  readonly manners?: readonly Manners[];
  readonly drawing?: readonly Drawing[];
  readonly sweep?: readonly SweepFigures[];
  readonly scale?: readonly ScaleFigures[];
}

/** One model in one precision against what it is compared with; photos a second. */
export interface Row {
  readonly set: string;
  readonly model: string;
  readonly precision: Precision;
  /** In turns with all others, as are `reported` and `bound`: the start of processes is in none. */
  readonly ours: number;
  /** The reported pipeline in float32, or what the model has. */
  readonly reported: number | undefined;
  readonly reportedSamePrecision: number | undefined;
  readonly reportedPrefetching: number | undefined;
  readonly bound: number;
  readonly ratioToReported: number | undefined;
  /** Undefined where none is set: for larger photos, and for the starter model. */
  readonly aimOfRatio: number | undefined;
  readonly fractionOfBound: number;
  /** The same of the first half of the turns and of the second. */
  readonly fractionOfHalves: readonly number[];
  /** Of a whole run, as is all below; undefined where none was measured. */
  readonly oursWithStart: number | undefined;
  readonly upsertShareOfClock: number | undefined;
  /** Where no whole run was measured, that of all turns. */
  readonly peakRssMb: number | undefined;
  readonly peakPssMb: number | undefined;
}

export function rowsOf(figures: IndexingFigures): Row[] {
  return figures.turns.map((turns) => rowOf(turns, figures));
}

function rowOf(turns: TurnFigures, figures: IndexingFigures): Row {
  const { model, precision, ours, bound, fractionOfBound } = turns;
  const run = find(figures, 'ours', model, precision)?.run;
  const reported = turns.reportedFloat32 ?? turns.reported;
  const hasAim = figures.set === 'small' && turns.reportedFloat32 !== undefined;
  return {
    set: figures.set,
    model,
    precision,
    ours,
    reported,
    reportedSamePrecision: turns.reported,
    reportedPrefetching: turns.reportedPrefetching,
    bound: bound.photosPerSecond,
    ratioToReported: reported && ours / reported,
    aimOfRatio: hasAim ? aims.ratio[precision] : undefined,
    fractionOfBound,
    fractionOfHalves: turns.fractionOfHalves,
    oursWithStart: run?.photosPerSecond,
    upsertShareOfClock: run && run.stages.upsert / run.workMs,
    peakRssMb: (run ?? turns.memory).peakRssMb,
    peakPssMb: (run ?? turns.memory).peakPssMb,
  };
}

export function find(
  figures: IndexingFigures,
  pipeline: Pipeline,
  model: string,
  precision: Precision,
): Configuration | undefined {
  return figures.configurations.find(
    (c) => c.pipeline === pipeline && c.model === model && c.precision === precision,
  );
}
