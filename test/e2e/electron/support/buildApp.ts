// The app as it is bundled, in a folder of the tests' own: `out/` is built anew by another test at
// any moment. It lies as deep as out/ does, so that the bundle finds models/ and native/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../support/photos.ts';
import { waitUntil } from '../../../support/waitUntil.ts';

const folder = join(repository, '.cache');
const lock = join(folder, 'building');
const built = join(folder, 'renderer/index.html');
export const appEntry = join(folder, 'main/main.js');

/** Builds where the sources are younger than the bundle; of several test files, one does. */
export async function buildApp(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await waitUntil('nobody else builds the app', takeLock, 120_000);
  try {
    const begun = existsSync(built) ? statSync(built).mtimeMs : 0;
    const sources = ['src', 'electron.vite.config.ts'].map((path) => join(repository, path));
    if (begun > Math.max(...sources.map(lastChange))) return;
    const tool = join(repository, 'node_modules/electron-vite/bin/electron-vite.js');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [tool, 'build', '--outDir', folder],
      { cwd: repository, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`The app does not build:\n${stdout}\n${stderr}`);
  } finally {
    rmSync(lock, { recursive: true });
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // Whoever made it minutes ago was killed before it could take it away.
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 110_000) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function lastChange(path: string): number {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}
