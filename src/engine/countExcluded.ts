// What an exclusion would leave out of the library as it is.
import { join } from 'node:path';
import type { Catalog } from './catalog/catalog.ts';
import { createExclusions } from './watch/exclusions.ts';

const mostExamples = 5;

export function countExcluded(
  catalog: Catalog,
  pattern: string,
): { photos: number; examples: string[] } {
  const isExcluded = createExclusions(pattern.trim() === '' ? [] : [pattern]);
  const examples: string[] = [];
  let photos = 0;
  for (const { folder, name, root } of catalog.photos.everyPath()) {
    const path = join(folder, name);
    if (!isExcluded(path, root)) continue;
    photos += 1;
    if (examples.length < mostExamples) examples.push(path);
  }
  return { photos, examples };
}
