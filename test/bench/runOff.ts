// Where ways to run a model stand among each other, told from turns in which each was measured once.
// A machine may run at half its speed for seconds, by what no program on it sees; what is compared are
// slices of the same seconds.

import { median } from './statistics.ts';
import { isSamePlace, type Place } from './sweepCandidates.ts';
import { isDisturbed, type Slice, type Swept } from './sweepSlices.ts';

export interface Ranked extends Place {
  /** Of the best one's rate. */
  readonly ofBest: number;
  /** Embeds a second, the median of its slices. */
  readonly embedsPerSecond: number;
}

export interface RunOff {
  /** The best first. */
  readonly ranked: readonly Ranked[];
  readonly turns: number;
  /** Of the turns, in which nothing was disturbed. */
  readonly quietTurns: number;
}

/** So many of the sweep's best go in, by their fast slices and by their usual ones. */
const best = 4;

/** All that were picked, and all that may be better. */
export function finalists(swept: readonly Swept[], picks: readonly Place[]): Place[] {
  const byMedian = swept.toSorted((a, b) => usualRate(b) - usualRate(a));
  const all = [...picks, ...swept.slice(0, best), ...byMedian.slice(0, best)];
  return all
    .filter((place, at) => all.findIndex((other) => isSamePlace(place, other)) === at)
    .map(({ embedders, threads, batch }) => ({ embedders, threads, batch }));
}

function usualRate({ slices }: Swept): number {
  return median(slices.map(({ embedsPerSecond }) => embedsPerSecond));
}

/** @param turns each with a slice of every place. */
export function runOffOf(turns: readonly (readonly Slice[])[]): RunOff {
  const quiet = turns.filter((slices) => !slices.some(isDisturbed));
  const counted = quiet.length > 0 ? quiet : turns;
  const places = counted[0] ?? [];
  const scored = places.map(({ embedders, threads, batch }) => {
    const place = { embedders, threads, batch };
    const own = counted.map((slices) => sliceOf(place, slices));
    return {
      ...place,
      score: median(own.map(({ rate, mean }) => rate / mean)),
      embedsPerSecond: median(own.map(({ rate }) => rate)),
    };
  });
  const highest = Math.max(...scored.map(({ score }) => score));
  return {
    ranked: scored
      .map(({ score, ...rest }) => ({ ...rest, ofBest: score / highest }))
      .sort((a, b) => b.ofBest - a.ofBest),
    turns: turns.length,
    quietTurns: quiet.length,
  };
}

/** What it did in a turn, and all of them on average. */
function sliceOf(place: Place, slices: readonly Slice[]): { rate: number; mean: number } {
  const rates = slices.map(({ embedsPerSecond }) => embedsPerSecond);
  const own = slices.find((slice) => isSamePlace(slice, place));
  return {
    rate: own?.embedsPerSecond ?? Number.NaN,
    mean: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
  };
}
