// What a process that was killed leaves of its socket is cleared away by the next one.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { shareEngine } from '../../../src/server/localSocket.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { openTestEngine } from '../../support/testEngine.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** As a process makes it for its socket. */
function socketFolder(): string {
  return mkdtempSync(join(temporaryFolder(), 'ocelli-'));
}

async function shareBeside(socket: string): Promise<void> {
  const dataFolder = temporaryFolder();
  writeFileSync(join(dataFolder, 'engine.json'), JSON.stringify({ socket, pid: 1, stays: true }));
  const engine = await openTestEngine({ dataFolder });
  stops.push(await shareEngine(engine, dataFolder, { stays: false }));
}

it.skipIf(process.platform === 'win32')('the folder of the socket goes', async () => {
  const socket = join(socketFolder(), 'socket');
  writeFileSync(socket, '');
  await shareBeside(socket);
  expect(existsSync(dirname(socket))).toBe(false);
});

it.skipIf(process.platform === 'win32')('a folder in which other things lie stays', async () => {
  const folder = socketFolder();
  const other = join(folder, 'photo.jpg');
  writeFileSync(other, '');
  await shareBeside(join(folder, 'socket'));
  expect(existsSync(other)).toBe(true);
});
