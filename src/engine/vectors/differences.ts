// What the index has too much of and what it lacks, page by page: both sides tell their ids in order,
// so that neither is ever held as a whole.

export interface Differences {
  /** In the index, and of no photo. */
  readonly stale: number[];
  /** Of a photo, and not in the index. */
  readonly missing: number[];
}

/** @param wanted, held ids, ascending, in pages. */
export async function differences(
  wanted: AsyncIterable<readonly number[]>,
  held: AsyncIterable<readonly number[]>,
): Promise<Differences> {
  const stale: number[] = [];
  const missing: number[] = [];
  const pages = wanted[Symbol.asyncIterator]();
  let page: readonly number[] = [];
  let at = 0;
  /** The wanted id at hand; undefined behind the last. */
  const current = async () => {
    while (at >= page.length) {
      const next = await pages.next();
      if (next.done) return undefined;
      page = next.value;
      at = 0;
    }
    return page[at];
  };
  let id = await current();
  for await (const ids of held) {
    for (const point of ids) {
      while (id !== undefined && id < point) {
        missing.push(id);
        at += 1;
        id = at < page.length ? page[at] : await current();
      }
      if (id !== point) {
        stale.push(point);
        continue;
      }
      at += 1;
      id = at < page.length ? page[at] : await current();
    }
  }
  while (id !== undefined) {
    missing.push(id);
    at += 1;
    id = await current();
  }
  return { stale, missing };
}
