// What people feel of a run who do something else: how much programs of normal priority, which have
// nothing to do with the indexer, lose while it goes on at each speed.
import type { BystanderJob } from './bystanderProcess.ts';
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

export interface Manners {
  readonly beside: Occasion;
  /** Other programs at work, each of which would take a core. */
  readonly bystanders: number;
  /** Of what they get done alone; the median of all rounds, which are beside it. */
  readonly lost: number;
  readonly losses: readonly number[];
  /** What indexing got done beside them. */
  readonly photosPerSecond: number;
}

export interface MannersOptions extends RunOptions {
  readonly quick: boolean;
  readonly patience: number;
  tell(text: string): void;
}

const seconds = 6;

export function roundsOf({ quick }: Pick<MannersOptions, 'quick'>): number {
  return quick ? 1 : 3;
}

export async function measureManners(options: MannersOptions): Promise<Manners[]> {
  const { cores, tell } = options;
  const rounds = roundsOf(options);
  const figures: Manners[] = [];
  for (const bystanders of [...new Set([1, cores])]) {
    for (const occasion of occasions) {
      const losses: number[] = [];
      const rates: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        await untilQuiet(options.patience);
        const { lost, photosPerSecond } = await measureLoss(occasion, bystanders, options);
        tell(
          `${occasionText(occasion)}, ${bystanders} others: they lose ${(lost * 100).toFixed(1)} %`,
        );
        losses.push(lost);
        rates.push(photosPerSecond);
      }
      figures.push({
        ...{ beside: occasion, bystanders, losses },
        lost: median(losses),
        photosPerSecond: median(rates),
      });
    }
  }
  return figures;
}

/** Alone before and after, so that a machine that gets slower or faster meanwhile does not count. */
async function measureLoss(
  occasion: Occasion,
  bystanders: number,
  options: MannersOptions,
): Promise<{ lost: number; photosPerSecond: number }> {
  const before = await bystandersDo(bystanders);
  const run = await startRun(occasion, options);
  try {
    const indexed = run.indexed();
    const start = performance.now();
    const meanwhile = await bystandersDo(bystanders);
    const photosPerSecond = ((run.indexed() - indexed) / (performance.now() - start)) * 1000;
    await run.stop();
    const after = await bystandersDo(bystanders);
    return { lost: 1 - meanwhile / ((before + after) / 2), photosPerSecond };
  } finally {
    await run.stop();
  }
}

/** What they get done together, in rounds of work a second. */
async function bystandersDo(count: number): Promise<number> {
  const each = await Promise.all(Array.from({ length: count }, bystanderDoes));
  return each.reduce((sum, rate) => sum + rate, 0);
}

function bystanderDoes(): Promise<number> {
  return answerOf<BystanderJob, number>('bystanderProcess.ts', { seconds });
}
