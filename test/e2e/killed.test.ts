// kill −9, Ctrl-C and other ends in the middle of a run, to the processes that people start.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { storedPhotos } from '../support/catalogue.ts';
import { drawPhotos } from '../support/photos.ts';
import { descendants } from '../support/processes.ts';
import { found, indexReport, statusOf } from '../support/reports.ts';
import { type Running, startOcelli } from '../support/runOcelli.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { expectSum } from '../support/testEngine.ts';
import { isAlive, waitUntil } from '../support/waitUntil.ts';

const few = 160;
/** So many that three beginnings do not come to their end, however fast the machine is. */
const many = 480;
// Indexing runs below normal priority: beside other work it may take its time.
vi.setConfig({ testTimeout: 180_000 });

const folder = temporaryFolder();
const photos = drawPhotos(join(folder, 'photos'), few);
let number = 0;
let dataFolder: string;
let data: string[];

beforeEach(() => {
  if (dataFolder) rmSync(dataFolder, { recursive: true, force: true });
  dataFolder = join(folder, `data-${++number}`);
  data = ['--data', dataFolder, '--decoders', '1', '--embedders', '1', '--threads', '1'];
});

interface InTheMiddle extends Running {
  readonly processes: readonly number[];
}

/** A run of which something is stored and most is not. In a group of its own, to be killed whole. */
async function startRun(): Promise<InTheMiddle> {
  const running = startOcelli([...data, 'index', photos], { detached: true });
  await waitUntil('some photos are stored', () => storedPhotos(dataFolder) > 0);
  // The launcher, the engine, and a process that decodes and embeds.
  const processes = [running.pid, ...descendants(running.pid)];
  expect(processes.length).toBeGreaterThanOrEqual(3);
  return { ...running, processes };
}

async function expectAllGone(processes: readonly number[]): Promise<void> {
  for (const pid of processes) {
    await waitUntil(`process ${pid} is gone`, async () => !(await isAlive(pid)));
  }
}

/** The next run goes on, and does nothing twice. */
async function expectToGoOn(folder = photos, count = few): Promise<void> {
  const stored = storedPhotos(dataFolder);
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(count);
  const report = await indexReport(0, [...data, folder]);
  expectSum(report);
  expect(report).toMatchObject({ outcome: 'complete', indexed: count, failed: 0, pending: 0 });
  expect(report).toMatchObject({ unchanged: stored, embedded: count - stored });
  const status = await statusOf(data);
  expectSum(status);
  expect(status).toMatchObject({ indexed: count, points: count });
}

describe('kill −9 in the middle of a run', () => {
  it('of the process that was started: all others end, and the next run goes on', async () => {
    const { processes, pid, ended } = await startRun();
    process.kill(pid, 'SIGKILL');
    await ended;
    await expectAllGone(processes);
    // Searching works at once, with what is stored.
    const answer = await found([...data, 'anything', '--limit', String(few)]);
    expect(answer.hits).toHaveLength(storedPhotos(dataFolder));
    await expectToGoOn();
  });

  it('of the engine: its workers end by themselves, and the next run goes on', async () => {
    const { processes, pid, ended } = await startRun();
    const [engine] = descendants(pid);
    if (engine !== undefined) process.kill(engine, 'SIGKILL');
    expect((await ended).status).toBe(137);
    await expectAllGone(processes);
    await expectToGoOn();
  });

  it('of the whole group: the next run goes on', async () => {
    const { processes, pid, ended } = await startRun();
    process.kill(-pid, 'SIGKILL');
    await ended;
    await expectAllGone(processes);
    await expectToGoOn();
  });

  it('again and again comes to an end all the same', async () => {
    const manyPhotos = drawPhotos(join(folder, 'many photos'), many);
    for (let round = 0; round < 3; round++) {
      const before = storedPhotos(dataFolder);
      const running = startOcelli([...data, 'index', manyPhotos], { detached: true });
      await waitUntil('more is stored', () => storedPhotos(dataFolder) > before);
      process.kill(-running.pid, 'SIGKILL');
      await running.ended;
    }
    await expectToGoOn(manyPhotos, many);
  });
});

describe('Ctrl-C and its like', () => {
  it.each([
    ['SIGINT to the whole group, as a terminal sends it', 'SIGINT', true],
    ['SIGINT to the process that was started', 'SIGINT', false],
    ['SIGTERM', 'SIGTERM', false],
    ['SIGHUP to the whole group, as a closed terminal sends it', 'SIGHUP', true],
  ] as const)(
    '%s: exit status 130, a report, and the next run goes on',
    async (_, signal, group) => {
      const { processes, pid, ended } = await startRun();
      process.kill(group ? -pid : pid, signal);
      const { status, stdout } = await ended;
      expect(status).toBe(130);
      expect(stdout).toContain('Stopped after');
      expect(stdout).toMatch(/\d+ still to do/);
      await expectAllGone(processes);
      await expectToGoOn();
    },
  );

  it('pressed twice is pressed once', async () => {
    const { pid, ended } = await startRun();
    process.kill(-pid, 'SIGINT');
    process.kill(-pid, 'SIGINT');
    expect((await ended).status).toBe(130);
    await expectToGoOn();
  });
});
