// Runs that are stopped, held and taken up again, and the pace at which they go.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineApi, Progress } from '../../../src/shared/contract.ts';
import { drawPhotos } from '../../support/photos.ts';
import { slowIndexing } from '../../support/slowTransport.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import {
  closeEngine,
  expectSum,
  index,
  openTestEngine,
  paths,
  refusal,
  watchProgress,
} from '../../support/testEngine.ts';
import { isAlive, waitUntil } from '../../support/waitUntil.ts';

const folder = temporaryFolder();
const photos = drawPhotos(join(folder, 'photos'), 200);
let number = 0;
let dataFolder: string;

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
});

/** A run that would take the whole test's time, with some photos stored already. */
async function startSlowRun(delayMs = 400) {
  const engine = await openTestEngine({
    dataFolder,
    transports: slowIndexing(/^embedder/, delayMs),
  });
  const seen = watchProgress(engine);
  const run = index(engine, photos);
  await waitUntil('some photos are stored', () => (seen.at(-1)?.indexed ?? 0) > 0);
  return { engine, seen, run };
}

function pidsOf(seen: readonly Progress[]): number[] {
  return [...new Set(seen.flatMap(({ workers }) => workers.map((worker) => worker.pid)))];
}

async function finish(engine: EngineApi, stored: number): Promise<void> {
  const report = await index(engine, photos);
  expect(report).toMatchObject({ outcome: 'complete', indexed: 200, pending: 0 });
  expect(report.unchanged).toBe(stored);
  expect(report.embedded).toBe(200 - stored);
}

describe('a run', () => {
  it('that is cancelled ends soon, keeps what is stored, and leaves the rest pending', async () => {
    const { engine, seen, run } = await startSlowRun();
    const start = performance.now();
    await engine.call('cancel', {});
    const report = await run;
    // It is promised within a second or so; the machine may be busy.
    expect(performance.now() - start).toBeLessThan(5000);
    expect(report).toMatchObject({ outcome: 'cancelled', eligible: 200, failed: 0, skipped: 0 });
    expect(report.indexed).toBeGreaterThan(0);
    expect(report.pending).toBeGreaterThan(0);
    for (const pid of pidsOf(seen)) {
      await waitUntil(`worker ${pid} is gone`, async () => !(await isAlive(pid)));
    }
    expectSum(await engine.call('status', {}));
    await closeEngine(engine);
    await finish(await openTestEngine({ dataFolder }), report.indexed);
  });

  it('that is paused goes no further, and goes on when it is resumed', async () => {
    const { engine, seen, run } = await startSlowRun(50);
    await engine.call('pause', {});
    expect(seen.at(-1)?.phase).toBe('paused');
    // What was in the hands of workers comes home.
    await waitUntil('nothing moves', async () => {
      const before = seen.at(-1)?.indexed;
      await sleep(1500);
      return seen.at(-1)?.indexed === before;
    });
    const held = (await engine.call('status', {})).indexed;
    expect(held).toBeLessThan(200);
    await sleep(1000);
    expect((await engine.call('status', {})).indexed).toBe(held);
    await engine.call('resume', {});
    expect(await run).toMatchObject({ outcome: 'complete', indexed: 200 });
  });

  it('that is paused can be cancelled, and a cancelled one cannot be paused', async () => {
    const { engine, run } = await startSlowRun();
    await engine.call('pause', {});
    const cancelled = engine.call('cancel', {});
    await engine.call('pause', {});
    await cancelled;
    expect((await run).outcome).toBe('cancelled');
  });

  it('ends with the engine that is closed under it, and the next one goes on', async () => {
    const { engine, seen, run } = await startSlowRun();
    await closeEngine(engine);
    const report = await run;
    expect(report.outcome).toBe('cancelled');
    for (const pid of pidsOf(seen)) {
      await waitUntil(`worker ${pid} is gone`, async () => !(await isAlive(pid)));
    }
    await finish(await openTestEngine({ dataFolder }), report.indexed);
  });

  it('answers searches and status, and refuses forgetting', async () => {
    const { engine, run } = await startSlowRun();
    const status = await engine.call('status', {});
    expectSum(status);
    expect(status.running?.phase).toBe('indexing');
    const stored = status.indexed;
    expect((await paths(engine, 'anything', 200)).length).toBeGreaterThanOrEqual(stored);
    const forget = await refusal(engine.call('forget', { folder: photos }));
    expect(forget.code).toBe('RUN_IN_PROGRESS');
    await engine.call('cancel', {});
    expect((await run).outcome).toBe('cancelled');
  });

  it('is followed by the one that was asked for meanwhile', async () => {
    const { engine, run } = await startSlowRun(30);
    const second = engine.call('index', { folders: [photos] });
    expect((await run).outcome).toBe('complete');
    expect(await second).toMatchObject({ outcome: 'complete', unchanged: 200, embedded: 0 });
  });

  it('that is cancelled takes those that were to follow with it', async () => {
    const { engine, run } = await startSlowRun();
    const second = refusal(engine.call('index', { folders: [photos] }));
    await engine.call('status', {});
    await engine.call('cancel', {});
    expect((await run).outcome).toBe('cancelled');
    expect((await second).code).toBe('CANCELLED');
  });

  it('holds few photos at once however slow a stage is', async () => {
    const { engine, seen, run } = await startSlowRun();
    await sleep(2000);
    await engine.call('cancel', {});
    await run;
    // Two decoders and one embedder: 2 before the decoders, 4 in their hands, 16 before the
    // embedder, 16 in its hands, one being handed on, up to 64 gathered for one
    // transaction. Not 200.
    const most = Math.max(...seen.map(({ queues }) => queues.store));
    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(2 + 4 + 16 + 16 + 1 + 64);
  });
});

describe('nothing to stop', () => {
  it('is no error: cancel, pause and resume without a run do nothing', async () => {
    const engine = await openTestEngine({ dataFolder });
    for (const name of ['cancel', 'pause', 'resume'] as const) await engine.call(name, {});
    const small = drawPhotos(join(folder, 'small'), 2);
    expect(await index(engine, small)).toMatchObject({ outcome: 'complete', indexed: 2 });
  });

  it('closing twice is closing once', async () => {
    const engine = await openTestEngine({ dataFolder });
    await Promise.all([engine.close(), engine.close()]);
    await engine.close();
    await openTestEngine({ dataFolder });
  });
});
