// What an exclusion would leave out of the library as it is.
import { join } from 'node:path';
import type { Catalog } from './catalog/catalog.ts';
import { createExclusions } from './watch/exclusions.ts';

const mostExamples = 5;
/** A pattern takes 5 µs a photo: a few milliseconds in one piece, and whatever else is to be done comes between. */
const photosPerTurn = 500;

export async function countExcluded(
  catalog: Catalog,
  pattern: string,
): Promise<{ photos: number; examples: string[] }> {
  if (pattern.trim() === '') return { photos: 0, examples: [] };
  const isExcluded = createExclusions([pattern]);
  const examples: string[] = [];
  let photos = 0;
  let last = 0;
  for (;;) {
    const some = await catalog.reader.read('pathsAfter', last, photosPerTurn);
    for (const { folder, name, root } of some) {
      const path = join(folder, name);
      if (!isExcluded(path, root)) continue;
      photos += 1;
      if (examples.length < mostExamples) examples.push(path);
    }
    const final = some.at(-1);
    if (!final) return { photos, examples };
    last = final.id;
  }
}
