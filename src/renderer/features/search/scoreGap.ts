// Where good results end. No number says it for every model and query, so the scores say it
// themselves: there is a gap between what fits and what merely comes next.

export interface GapOptions {
  /** Fewer results than this are shown as they are. */
  readonly fewest?: number;
  /** So many of the best stay together, unless the gap is as clear as `clear`. */
  readonly minimum?: number;
  /** The smallest drop that counts, as a share of what a score stands above the last one. */
  readonly smallest?: number;
  readonly clear?: number;
}

/** Below this share of the whole range, scores are all noise, and their gaps mean nothing. */
const noise = 1 / 3;
/** A bend counts where scores fall to less than this share of the best; else all may be good. */
const lowFloor = 0.4;
/** How far the curve bends away from a straight line, 0 to 1, for the bend to count. */
const clearBend = 0.3;

/**
 * The score that the last good result has; undefined where no gap stands out, and all may be good.
 * Drops are measured against the height above the lowest score, so that models whose cosines lie
 * between 0.18 and 0.32 are judged like those that range from −0.2 to 0.9.
 */
export function scoreGap(
  scores: readonly number[],
  { fewest = 8, minimum = 3, smallest = 0.15, clear = 0.5 }: GapOptions = {},
): number | undefined {
  const sorted = scores.toSorted((a, b) => b - a);
  const [best] = sorted;
  const floor = sorted.at(-1);
  if (best === undefined || floor === undefined || sorted.length < fewest) return undefined;
  let gap: { score: number; drop: number } | undefined;
  for (const [i, score] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next === undefined || score - floor <= (best - floor) * noise) break;
    const drop = (score - next) / (score - floor);
    const counts = drop >= (i + 1 < minimum ? clear : smallest);
    if (counts && drop > (gap?.drop ?? 0)) gap = { score, drop };
  }
  return gap?.score ?? (floor < best * lowFloor ? bend(sorted) : undefined);
}

/**
 * Where scores fall without a gap until they crawl along the floor: the point of the curve that lies
 * farthest below the line from the best to the last (the knee of Satopää et al., 2011).
 */
function bend(sorted: readonly number[]): number | undefined {
  const [best = 0] = sorted;
  const range = best - (sorted.at(-1) ?? 0);
  let farthest: { score: number; distance: number } | undefined;
  for (const [i, score] of sorted.entries()) {
    const distance = (best - score) / range - i / (sorted.length - 1);
    if (distance > (farthest?.distance ?? clearBend)) farthest = { score, distance };
  }
  return farthest?.score;
}
