// Where the benchmark finds things and where it leaves them.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What lies beside the repository on the machines of those who build it; it may not be there. */
export const shared = join(repository, '..', 'shared');

/** Ignored by git; kept between runs. */
export const cache = join(repository, '.cache', 'bench');

/** Absolute path of a module of this folder, to be run as a process. */
export function entry(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
