// How long the keys must rest before their words are looked for.

/** Answers that come so soon are felt as if there were no wait. */
const quickMs = 50;
/** Between two keys of somebody who types fast. */
const shortRestMs = 40;
/** Longer than the time between two keys, shorter than a thought. */
const longRestMs = 120;

/**
 * A key that finds nobody at work is answered at once. While an answer is on its way, what is typed
 * meanwhile is gathered until it comes: for a moment at most, or, where answers take their time, until
 * the keys rest.
 * @param lastMs how long the last answer took; undefined before the first
 * @param busy whether an answer is being waited for
 */
export function restMs(lastMs: number | undefined, busy: boolean): number {
  if (!busy) return 0;
  return lastMs !== undefined && lastMs > quickMs ? longRestMs : shortRestMs;
}
