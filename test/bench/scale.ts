// Libraries of a thousand to a million photos: what each photo costs in time, memory and disk, and
// whether that stays the same.
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effort } from './effort.ts';
import { inProcess } from './inProcess.ts';
import type { ScaleFigures, ScaleJob } from './scaleProcess.ts';

/** Files that are really there; more of them would cost disk and tell nothing more. */
const mostOnDisk = 20_000;
const queries = 100;

export async function measureScale(options: {
  readonly folder: string;
  readonly effort: Effort;
  tell(text: string): void;
}): Promise<ScaleFigures[]> {
  const figures: ScaleFigures[] = [];
  for (const photos of options.effort.libraries) {
    options.tell(`a library of ${photos} photos`);
    const folder = await mkdtemp(join(options.folder, 'scale-'));
    const onDisk = Math.min(photos / 2, mostOnDisk);
    const job = { folder, photos, onDisk, queries };
    const { result } = await inProcess<ScaleJob, ScaleFigures>('scaleProcess.ts', job);
    figures.push(result);
  }
  return figures;
}
