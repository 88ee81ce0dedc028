// How good what `tune` picks is: every way to run a model on the processor, measured for longer and
// in several rounds; then the best of them and all picks against each other.
import { availableParallelism } from 'node:os';
import { embedderBytes } from '../../src/engine/tuning/candidates.ts';
import { type Precision, weightsOf } from '../../src/shared/model.ts';
import type { Tuning } from '../../src/shared/tuning.ts';
import { inProcess } from './inProcess.ts';
import type { BenchModel } from './models.ts';
import { prepare, preparedFolder } from './preparedModel.ts';
import { untilQuiet } from './quietMachine.ts';
import { finalists, type RunOff, runOffOf } from './runOff.ts';
import type { RunOffJob } from './runOffProcess.ts';
import { isSamePlace, sweptShapes } from './sweepCandidates.ts';
import type { SweepJob } from './sweepProcess.ts';
import { isDisturbed, type Slice, type Swept, shapesLeft, sweptFrom } from './sweepSlices.ts';
import type { SweepSubject } from './sweepSubject.ts';

export interface Pick {
  readonly chosen: Tuning['chosen'];
  /** In the run-off; undefined where it does not run on the processor. */
  readonly ofBest: number | undefined;
  readonly tookMs: number;
}

export interface SweepFigures {
  readonly model: string;
  readonly precision: Precision;
  /** The best first. */
  readonly swept: readonly Swept[];
  readonly runOff: RunOff;
  /** One after each round. */
  readonly picks: readonly Pick[];
  /** Of all slices, that share was measured while others took more than is tolerable. */
  readonly disturbed: number;
}

export interface SweepOptions {
  readonly models: readonly BenchModel[];
  readonly quick: boolean;
  readonly patience: number;
  tell(text: string): void;
}

interface Extent {
  readonly rounds: number;
  /** As many in all, for shapes that other programs disturbed too often. */
  readonly mostRounds: number;
  /** Slices of each way that nothing disturbed. */
  readonly enough: number;
  readonly runOffSeconds: number;
}

const quickSweep: Extent = { rounds: 2, mostRounds: 2, enough: 1, runOffSeconds: 10 };
const fullSweep: Extent = { rounds: 8, mostRounds: 20, enough: 6, runOffSeconds: 150 };

export async function measureSweep(options: SweepOptions): Promise<SweepFigures[]> {
  const figures: SweepFigures[] = [];
  // Those that everybody has first.
  for (const bench of options.models.toReversed()) {
    const [precision] = bench.precisions;
    if (precision) figures.push(await sweepOf(bench, precision, options));
  }
  return figures;
}

async function sweepOf(
  bench: BenchModel,
  precision: Precision,
  { quick, patience, tell }: SweepOptions,
): Promise<SweepFigures> {
  const { name, model } = bench;
  await prepare(bench, precision);
  const shapes = sweptShapes({
    cores: availableParallelism(),
    memory: process.availableMemory(),
    embedderBytes: embedderBytes(weightsOf(model.manifest, 'image', precision)?.bytes ?? 0, true),
  });
  const subject: SweepSubject = { model, precision, preparedFolder };
  const { rounds, mostRounds, enough, runOffSeconds } = quick ? quickSweep : fullSweep;
  const slices: Slice[] = [];
  const tunings: Tuning[] = [];
  for (let round = 1; round <= mostRounds; round++) {
    const left = round <= rounds ? shapes : shapesLeft(slices, enough);
    if (left.length === 0) break;
    await untilQuiet(patience);
    // From one end and from the other, so that a machine that slows down favours neither.
    const job = { ...subject, shapes: round % 2 === 1 ? left : left.toReversed() };
    const measured = (await inProcess<SweepJob, Slice[]>('sweepProcess.ts', job)).result;
    slices.push(...measured);
    const quiet = measured.filter((slice) => !isDisturbed(slice)).length;
    tell(`sweep, ${name} ${precision}, round ${round}: ${quiet} of ${measured.length} undisturbed`);
    if (round > rounds) continue;
    tunings.push((await inProcess<SweepSubject, Tuning>('tuneProcess.ts', subject)).result);
  }
  const swept = sweptFrom(slices);
  const picked = tunings.map(({ chosen }) => chosen).filter(({ provider }) => provider === 'cpu');
  await untilQuiet(patience);
  const job = { ...subject, places: finalists(swept, picked), seconds: runOffSeconds };
  const turns = (await inProcess<RunOffJob, Slice[][]>('runOffProcess.ts', job)).result;
  const runOff = runOffOf(turns);
  tell(`sweep, ${name} ${precision}, run-off: ${runOff.quietTurns} of ${runOff.turns} undisturbed`);
  return {
    ...{ model: name, precision, swept, runOff },
    disturbed: slices.filter(isDisturbed).length / slices.length,
    picks: tunings.map(({ chosen, tookMs }) => {
      const own = runOff.ranked.find((each) => isSamePlace(each, chosen));
      return { chosen, tookMs, ofBest: chosen.provider === 'cpu' ? own?.ofBest : undefined };
    }),
  };
}
