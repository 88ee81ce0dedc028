// How much of the machine a run takes, changed while it runs: by people, by the battery, and by
// whether somebody sits at the machine.
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type EngineOptions, openEngine, type Surroundings } from '../../../src/engine/engine.ts';
import type { Speed } from '../../../src/engine/resources.ts';
import type { EngineApi, Progress } from '../../../src/shared/contract.ts';
import { areShared, type Resources } from '../../../src/shared/tuning.ts';
import { nicenessOf } from '../../support/niceness.ts';
import { drawPhotos, tinyModel } from '../../support/photos.ts';
import { slowIndexing } from '../../support/slowTransport.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { watchProgress } from '../../support/testEngine.ts';
import { waitUntil } from '../../support/waitUntil.ts';

vi.setConfig({ testTimeout: 180_000 });

const folder = temporaryFolder();
const photos = drawPhotos(join(folder, 'photos'), 300);
let number = 0;
let dataFolder: string;

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
});

/** A run in the middle of its photos, with half a minute to go: it is not waited for. */
async function inTheMiddle(options: Partial<EngineOptions>, speed: Speed) {
  const transports = slowIndexing(/^(worker|embedder)/, 1500);
  const engine = await openEngine({ dataFolder, modelFolder: tinyModel, transports, ...options });
  await engine.call('changeSettings', { speed });
  const seen = watchProgress(engine);
  const run = engine.call('index', { folders: [photos] });
  const now = () => seen.at(-1);
  const at = (wanted: Speed) =>
    waitUntil(`it runs at ${wanted}`, async () => {
      const { inUse } = await engine.call('tuning', {});
      return now()?.speed === wanted && hasProcesses(now(), inUse);
    });
  const end = async () => {
    await engine.call('cancel', {});
    expect(await run).toMatchObject({ outcome: 'cancelled', failed: 0 });
    await engine.close();
    // Nothing is lost by all of this.
    const next = await openEngine({ dataFolder, modelFolder: tinyModel });
    // On a busy machine what has stepped back would take minutes.
    await next.call('changeSettings', { speed: 'full' });
    const report = await next.call('index', { folders: [] });
    expect(report).toMatchObject({ outcome: 'complete', indexed: 300, failed: 0 });
    await next.close();
  };
  await at(speed);
  return { engine, now, at, end };
}

function hasProcesses(progress: Progress | undefined, resources: Resources): boolean {
  const { decoders, embedders } = resources;
  const named = (name: string) =>
    progress?.workers.filter((worker) => worker.name.startsWith(name)).length;
  if (areShared(resources)) return named('') === embedders && named('worker') === embedders;
  return named('decoder') === decoders && named('embedder') === embedders;
}

function niceness(progress: Progress | undefined): number[] {
  if (process.platform !== 'linux') return [];
  return nicenessOf(progress?.workers.map(({ pid }) => pid) ?? []);
}

async function set(engine: EngineApi, speed: Speed): Promise<void> {
  await engine.call('changeSettings', { speed });
}

describe('a change of speed', () => {
  it('gives a run that is under way more processes, or fewer, and their priority', async () => {
    const { engine, now, at, end } = await inTheMiddle({}, 'eco');
    if (process.platform === 'linux') expect(niceness(now())).toEqual([19]);
    await set(engine, 'full');
    await at('full');
    for (const nice of niceness(now())) expect(nice).toBeLessThan(10);
    await set(engine, 'eco');
    await at('eco');
    if (process.platform === 'linux') expect(niceness(now())).toEqual([19]);
    await end();
  });

  it('holds for a run that is paused as well', async () => {
    const { engine, at, end } = await inTheMiddle({}, 'full');
    await engine.call('pause', {});
    await set(engine, 'eco');
    await at('eco');
    await engine.call('resume', {});
    await end();
  });
});

describe('on battery', () => {
  it('a run goes one step slower than is set, unless people want it otherwise', async () => {
    const surroundings = new Around();
    const { engine, at, end } = await inTheMiddle({ surroundings }, 'balanced');
    surroundings.change({ onBattery: true });
    await at('eco');
    expect(await engine.call('settings', {})).toMatchObject({ speed: 'balanced' });
    await engine.call('changeSettings', { easyOnBattery: false });
    await at('balanced');
    await engine.call('changeSettings', { easyOnBattery: true });
    await at('eco');
    surroundings.change({ onBattery: false });
    await at('balanced');
    await end();
  });
});

describe('while somebody sits at the machine', () => {
  it('a balanced run lets all others go first, with the processes it has', async () => {
    const surroundings = new Around();
    const { engine, now, at, end } = await inTheMiddle({ surroundings }, 'balanced');
    expect(now()?.easyFor).toBeUndefined();
    await steppedBackTo(10);
    surroundings.change({ isInUse: true });
    await steppedBackTo(19);
    await at('balanced');
    expect(now()?.easyFor).toBe('person');
    surroundings.change({ isInUse: false });
    await steppedBackTo(10);
    expect(now()?.easyFor).toBeUndefined();
    // Who sets Full has asked for it.
    surroundings.change({ isInUse: true });
    await set(engine, 'full');
    await at('full');
    await steppedBackTo(5);
    expect(now()?.easyFor).toBeUndefined();
    await end();

    async function steppedBackTo(nice: number): Promise<void> {
      if (process.platform !== 'linux') return;
      await waitUntil(`its processes are at ${nice}`, async () => {
        const all = niceness(now());
        return all.length > 0 && all.every((one) => one === nice);
      });
    }
  });
});

/** What a host tells; no test can pull a machine's plug, or get up from it. */
class Around implements Surroundings {
  onBattery = false;
  isInUse = false;
  private readonly listeners = new Set<() => void>();

  change(next: Partial<Pick<Surroundings, 'onBattery' | 'isInUse'>>): void {
    Object.assign(this, next);
    for (const listener of this.listeners) listener();
  }

  follow(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
