// What people feel of a run under their hands: frames that a program of theirs draws too late while
// photos are indexed at each speed.
import type { DrawingJob, Drawn } from './drawingProcess.ts';
import { type MannersOptions, roundsOf } from './manners.ts';
import {
  answerOf,
  type Occasion,
  occasions,
  occasionText,
  type RunOptions,
  startRun,
} from './programs.ts';
import { untilQuiet } from './quietMachine.ts';
import { median } from './statistics.ts';

export interface Drawing {
  readonly beside: Occasion | 'nothing';
  /** As a share of all frames; the median of all rounds, which are beside it. */
  readonly late: number;
  readonly lates: readonly number[];
  /** From when a frame is due until it is done, milliseconds: the median of the rounds’ 95th percentile. */
  readonly p95Ms: number;
}

const seconds = 10;

export async function measureDrawing(options: MannersOptions): Promise<Drawing[]> {
  const count = roundsOf(options);
  await untilQuiet(options.patience);
  const { rounds: work } = await draw({ seconds: 1 });
  const figures: Drawing[] = [];
  for (const beside of ['nothing', ...occasions] as const) {
    const drawn: Drawn[] = [];
    for (let round = 1; round <= count; round++) {
      await untilQuiet(options.patience);
      drawn.push(await drawBeside(beside, work, options));
    }
    const lates = drawn.map(({ late }) => late);
    const late = median(lates);
    figures.push({ beside, late, lates, p95Ms: median(drawn.map(({ p95Ms }) => p95Ms)) });
    options.tell(
      `${nameOf(beside)}: ${(late * 100).toFixed(1)} % of the frames beside it are late`,
    );
  }
  return figures;
}

export function nameOf(beside: Drawing['beside']): string {
  return beside === 'nothing' ? beside : occasionText(beside);
}

/** @param rounds of work for a frame. */
async function drawBeside(
  beside: Drawing['beside'],
  rounds: number,
  options: RunOptions,
): Promise<Drawn> {
  if (beside === 'nothing') return draw({ seconds, rounds });
  const run = await startRun(beside, options);
  try {
    return await draw({ seconds, rounds });
  } finally {
    await run.stop();
  }
}

function draw(job: DrawingJob): Promise<Drawn> {
  return answerOf<DrawingJob, Drawn>('drawingProcess.ts', job);
}
