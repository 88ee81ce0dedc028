// Work on many things in pieces, between which whatever else waits for this process has its turn: a
// window, a search.

const perTurn = 250;

/** Calls `work` with one piece after the other, each in a turn of the event loop of its own. */
export async function inTurns<T>(
  items: readonly T[],
  work: (some: readonly T[]) => void | Promise<void>,
): Promise<void> {
  for (let i = 0; i < items.length; i += perTurn) {
    await work(items.slice(i, i + perTurn));
    await nextTurn();
  }
}

/** Resolves when all that waits for this process now has had its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
