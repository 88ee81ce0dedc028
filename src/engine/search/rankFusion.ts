// Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009): lists whose scores cannot be
// compared are merged by the places of their items, each worth 1 / (k + place).

/** The constant of the paper; it keeps the first places from drowning all others. */
const k = 60;

/**
 * @param lists each maps an item to its place, 1 the best; items may share a place.
 * @returns items, best first; ties in the order in which they first appear.
 */
export function fuseRanks<Item>(lists: readonly ReadonlyMap<Item, number>[]): Item[] {
  const scores = new Map<Item, number>();
  for (const list of lists) {
    for (const [item, place] of list) scores.set(item, (scores.get(item) ?? 0) + 1 / (k + place));
  }
  return [...scores].sort(([, a], [, b]) => b - a).map(([item]) => item);
}

/** Places for a sorted list, equal scores sharing one (1, 2, 2, 4). */
export function places<Item>(sorted: readonly { item: Item; score: number }[]): Map<Item, number> {
  const result = new Map<Item, number>();
  let place = 0;
  let previous: number | undefined;
  for (const [i, { item, score }] of sorted.entries()) {
    if (score !== previous) place = i + 1;
    previous = score;
    result.set(item, place);
  }
  return result;
}
