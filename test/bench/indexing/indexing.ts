// Indexing end to end, with one kind of photos: who is faster and how near the bound that is, in turns;
// then whole runs, for the rows of the report.
import { usualResources } from '../../../src/engine/resources.ts';
import type { Resources } from '../../../src/shared/tuning.ts';
import type { BenchModel } from '../models.ts';
import { prepare } from '../preparedModel.ts';
import { untilQuiet } from '../quietMachine.ts';
import { type Configuration, measureRuns, type RunsOptions } from './runs.ts';
import type { TurnFigures } from './turnFigures.ts';
import { measureInTurns } from './turns.ts';

export interface IndexingFigures {
  readonly set: string;
  readonly aboutSet: string;
  readonly resources: Resources;
  readonly turns: readonly TurnFigures[];
  /** None in a quick run. */
  readonly configurations: readonly Configuration[];
}

export interface IndexingOptions extends RunsOptions {
  readonly models: readonly BenchModel[];
}

export async function measureIndexing(options: IndexingOptions): Promise<IndexingFigures> {
  const { models, set, patience, effort, cores } = options;
  const turns: TurnFigures[] = [];
  const configurations: Configuration[] = [];
  for (const bench of models) {
    for (const precision of bench.precisions) await prepare(bench, precision);
    await untilQuiet(patience);
    const figures = await measureInTurns({ ...options, bench });
    turns.push(...figures);
    if (effort.mostRuns === 0) continue;
    for (const { precision, bound } of figures) {
      const plan = { bench, precision, rate: bound.photosPerSecond };
      configurations.push(...(await measureRuns(plan, options)));
    }
  }
  const resources = usualResources(cores);
  return { set: set.name, aboutSet: set.about, resources, turns, configurations };
}
