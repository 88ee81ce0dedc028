// How much memory this process has for itself.
import { readFileSync } from 'node:fs';

/** Every Linux that Node has prebuilt binaries for on 64-bit PCs; others are asked in `rss`. */
const pageBytes = 4096;

/**
 * In bytes. Without what is mapped from files, such as a model that all embedders share, where the
 * system tells of it (Linux); elsewhere all that is resident.
 */
export function ownMemory(): number {
  const resident = process.memoryUsage.rss();
  if (process.platform !== 'linux') return resident;
  try {
    // size resident shared …, in pages (proc_pid_statm(5)); shared is what is mapped from files.
    const shared = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[2]);
    return Math.max(0, resident - shared * pageBytes);
  } catch {
    return resident;
  }
}
