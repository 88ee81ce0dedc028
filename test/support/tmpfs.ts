// A small disk in memory, which can be filled to its end. Only root may mount it.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterAll } from 'vitest';

export interface SmallDisk {
  readonly folder: string;
  remount(options: string): void;
}

/** Undefined, after saying why, where none may be mounted. */
export function mountSmallDisk(folder: string, size: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    const reason = mounted.error?.message ?? mounted.stderr.toString().trim();
    console.log(`No disk of ${size} can be mounted: ${reason}`);
    return undefined;
  }
  afterAll(() => void spawnSync('umount', ['-l', folder]));
  return {
    folder,
    remount: (options) => {
      const done = spawnSync('mount', ['-o', `remount,${options}`, folder]);
      if (done.status !== 0) throw new Error(done.stderr.toString());
    },
  };
}
