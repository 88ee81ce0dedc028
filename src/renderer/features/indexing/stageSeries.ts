// Samples of a run → what the charts draw. The engine tells sums; what happens at a moment is the
// difference between two of them.
import { type Progress, type StageTimes, stageNames } from '../../../shared/contract.ts';

export type Sample = Pick<
  Progress,
  'elapsedMs' | 'photosPerSecond' | 'indexed' | 'failed' | 'skipped' | 'unchanged' | 'stages'
>;

/** Samples at two a second; so many apart, differences are steady enough to be read. */
const span = 8;
/** Five minutes. */
const mostShown = 600;

/** Photos that the run has worked on: unchanged ones cost nothing and are left out. */
export function workedOn({ indexed, failed, skipped, unchanged }: Sample): number {
  return indexed + failed + skipped - unchanged;
}

/** Milliseconds a photo in each stage between two moments; undefined where no photo was finished. */
export function stageDifference(before: Sample, after: Sample): StageTimes | undefined {
  const photos = workedOn(after) - workedOn(before);
  if (photos <= 0) return undefined;
  const each = (stage: keyof StageTimes) =>
    Math.max(0, after.stages[stage] - before.stages[stage]) / photos;
  return {
    read: each('read'),
    decode: each('decode'),
    thumbnail: each('thumbnail'),
    embed: each('embed'),
    store: each('store'),
    upsert: each('upsert'),
  };
}

/** The samples of the last run: each run's clock begins anew. */
export function ofLastRun<S extends Sample>(samples: readonly S[]): S[] {
  const begin = samples.findLastIndex((sample, i) => {
    const before = samples[i - 1];
    return before !== undefined && sample.elapsedMs < before.elapsedMs;
  });
  return samples.slice(Math.max(0, begin)).slice(-mostShown);
}

/** Columns for a chart: seconds since the run began, photos a second. */
export function rateColumns(samples: readonly Sample[]): [number[], number[]] {
  return [
    samples.map(({ elapsedMs }) => elapsedMs / 1000),
    samples.map(({ photosPerSecond }) => photosPerSecond),
  ];
}

export type StackColumns = [number[], ...(number | null)[][]];

/**
 * Columns for a stacked chart: seconds, then for each stage in the order of `stageNames` the height
 * of its upper edge, in milliseconds a photo. Null where no photo was finished.
 */
export function stackColumns(samples: readonly Sample[]): StackColumns {
  const edges: (number | null)[][] = stageNames.map(() => []);
  for (const [i, sample] of samples.entries()) {
    const before = samples[Math.max(0, i - span)];
    const times = before && stageDifference(before, sample);
    let height = 0;
    for (const [s, stage] of stageNames.entries()) {
      height += times?.[stage] ?? 0;
      edges[s]?.push(times ? height : null);
    }
  }
  return [samples.map(({ elapsedMs }) => elapsedMs / 1000), ...edges];
}

/** What the stages take now: over the last samples in which a photo was finished. */
export function stagesNow(samples: readonly Sample[]): StageTimes | undefined {
  const last = samples.at(-1);
  if (!last) return undefined;
  const before = samples.slice(0, -span).findLast((sample) => workedOn(sample) < workedOn(last));
  const begin = before ?? samples[0];
  return begin && stageDifference(begin, last);
}
