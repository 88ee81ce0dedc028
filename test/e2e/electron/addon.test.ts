// The addon in Electron's own process, whose allocator is not the system's: once it ended the app where
// memory was asked for in a way that it does not know.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { repository } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { findElectron } from './support/electronHere.ts';

const electron = findElectron();
const reason = 'reason' in electron ? ` (skipped: ${electron.reason})` : '';

describe.skipIf(reason !== '')(`the index in Electron${reason}`, () => {
  it('chooses cells for many points and finds them, also when it is opened again', async () => {
    const folder = join(temporaryFolder(), 'index');
    // From 5,000 points on it has cells.
    const made = await told(folder, ['upsert:0:6000', 'flush', 'nearest:4321']);
    expect(made).toEqual(['open', 'upsert:0:6000', 'flush', 'nearest:4321']);
    expect(await told(folder, ['nearest:17'])).toEqual(['open', 'nearest:17']);
  }, 60_000);
});

/** What a process of Electron's tells of its steps, until the last of them, or its end. */
async function told(folder: string, steps: readonly string[]): Promise<string[]> {
  if ('reason' in electron) throw new Error(electron.reason);
  const script = join(repository, 'test/integration/native/child.mjs');
  const child = spawn(electron.program, [script, folder, '64', ...steps], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === steps.at(-1) || line.startsWith('error')) break;
  }
  child.kill('SIGKILL');
  await ended;
  return lines;
}
