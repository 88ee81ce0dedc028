// A real Electron, and a display for it: whether this machine has them, and how it is started here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../support/photos.ts';

export interface Missing {
  readonly reason: string;
}

export interface Display {
  /** DISPLAY; undefined where the system needs none. */
  readonly name: string | undefined;
  /** Ends it, if it was made for us. */
  close(): void;
}

/** The path of the program. */
export function findElectron(): { readonly program: string } | Missing {
  const script = join(repository, 'scripts/electronDist.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const folder = stdout.trim();
  if (folder === '') return { reason: stderr.trim().split('\n').at(-1) ?? 'no Electron' };
  const program = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
  return existsSync(program) ? { program } : { reason: `${program} is not there` };
}

/** The one that there is, else one that nobody sees. */
export async function openDisplay(): Promise<Display | Missing> {
  if (process.platform !== 'linux') return { name: undefined, close: () => {} };
  const here = process.env['DISPLAY'];
  if (here) return { name: here, close: () => {} };
  const reason = 'there is no display, and no Xvfb to make one (node scripts/systemPackages.mjs)';
  return (await startDisplay()) ?? { reason };
}

function startDisplay(): Promise<Display | undefined> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  return new Promise((resolve) => {
    server.on('error', () => resolve(undefined));
    server.on('exit', () => resolve(undefined));
    server.stdio[3]?.once('data', (number: Buffer) =>
      resolve({ name: `:${number.toString().trim()}`, close: () => void server.kill() }),
    );
  });
}

/**
 * What Chromium has to be told here. What the page may do is the app's own business and stays as it
 * is: Chromium has no sandbox for root, nor where AppArmor keeps its means from programs unknown to
 * it.
 */
export function sandboxArguments(): string[] {
  return hasSandbox() ? [] : ['--no-sandbox'];
}

function hasSandbox(): boolean {
  if (process.platform !== 'linux') return true;
  const restriction = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (existsSync(restriction) && readFileSync(restriction, 'utf8').trim() === '1') return false;
  return process.getuid?.() !== 0;
}
