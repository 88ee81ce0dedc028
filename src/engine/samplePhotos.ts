// The sample photographs, for whatever is tried before there are photos of anybody's own.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { samplesFolder } from './workerEntries.ts';

/** Their paths, in the same order everywhere. */
export async function samplePhotos(): Promise<string[]> {
  const names = (await readdir(samplesFolder)).filter((name) => name.endsWith('.jpg')).sort();
  if (names.length === 0) throw new Error(`There are no photos in ${samplesFolder}`);
  return names.map((name) => join(samplesFolder, name));
}
