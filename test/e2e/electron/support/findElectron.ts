// What the tests of the window need and not every machine has: Electron itself, and a display. Each
// is looked for once a test file; what is missing becomes the reason for which its tests are skipped.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { repository } from '../../../support/photos.ts';

export interface Ready {
  readonly program: string;
  /** DISPLAY; undefined where the system needs none. */
  readonly display: string | undefined;
}

const found = await look();

export function ready(): Ready {
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

/** `describe`, or a skipped one that says why. */
export function describeWindow(name: string, tests: () => void): void {
  if ('reason' in found) describe.skip(`${name} (skipped: ${found.reason})`, tests);
  else describe(name, tests);
}

async function look(): Promise<Ready | { reason: string }> {
  const script = join(repository, 'scripts/electronDist.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const folder = stdout.trim();
  if (folder === '') return { reason: stderr.trim().split('\n').at(-1) ?? 'no Electron' };
  const program = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
  if (!existsSync(program)) return { reason: `${program} is not there` };
  if (process.platform !== 'linux') return { program, display: undefined };
  const display = process.env['DISPLAY'] || (await startDisplay());
  if (display === undefined) {
    return {
      reason: 'there is no display, and no Xvfb to make one (node scripts/systemPackages.mjs)',
    };
  }
  return { program, display };
}

/** A display that nobody sees, until the tests of this file are over. */
function startDisplay(): Promise<string | undefined> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  afterAll(() => void server.kill());
  return new Promise((resolve) => {
    server.on('error', () => resolve(undefined));
    server.on('exit', () => resolve(undefined));
    server.stdio[3]?.once('data', (number: Buffer) => resolve(`:${number.toString().trim()}`));
  });
}
