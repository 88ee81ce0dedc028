// What one run of the benchmark found, and its rows for programs to read.
import type { Precision } from '../../src/shared/model.ts';
import { aims } from './aims.ts';
import type { AppFigures } from './app/app.ts';
import type { Drawing } from './drawing.ts';
import type { Configuration, IndexingFigures, Pipeline } from './indexing.ts';
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
  /** In full swing, as that of the reported pipeline is: the start of the processes is in neither. */
  readonly ours: number;
  readonly oursWithStart: number;
  /** The reported pipeline in its own precision: float32, or what the model has. */
  readonly reported: number | undefined;
  readonly reportedSamePrecision: number | undefined;
  readonly bound: number | undefined;
  readonly ratioToReported: number | undefined;
  /** Undefined where none is set: for larger photos, and for the starter model. */
  readonly aimOfRatio: number | undefined;
  readonly fractionOfBound: number | undefined;
  readonly upsertShareOfClock: number;
  readonly peakRssMb: number | undefined;
  readonly peakPssMb: number | undefined;
}

export function rowsOf(figures: IndexingFigures): Row[] {
  return figures.configurations
    .filter((configuration) => configuration.pipeline === 'ours')
    .map((configuration) => rowOf(configuration, figures));
}

function rowOf({ model, precision, run }: Configuration, figures: IndexingFigures): Row {
  const same = find(figures, 'reported', model, precision)?.run.photosPerSecond;
  const float32 = find(figures, 'reported', model, 'float32')?.run.photosPerSecond;
  const reported = float32 ?? same;
  const bound = figures.bounds.find((b) => b.model === model && b.precision === precision);
  const ours = run.inFullSwing ?? run.photosPerSecond;
  const hasAim = figures.set === 'small' && float32 !== undefined;
  return {
    set: figures.set,
    model,
    precision,
    ours,
    oursWithStart: run.photosPerSecond,
    reported,
    reportedSamePrecision: same,
    bound: bound?.photosPerSecond,
    ratioToReported: reported && ours / reported,
    aimOfRatio: hasAim ? aims.ratio[precision] : undefined,
    fractionOfBound: bound && ours / bound.photosPerSecond,
    upsertShareOfClock: run.stages.upsert / run.workMs,
    peakRssMb: run.peakRssMb,
    peakPssMb: run.peakPssMb,
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
