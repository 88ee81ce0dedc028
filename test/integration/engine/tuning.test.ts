// How the machine is measured for a model: before a run that is long enough, once, with whatever
// this machine can run a model on.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openSteadyTower } from '../../../src/engine/embed/steadyTower.ts';
import { type EngineOptions, openEngine, type Transports } from '../../../src/engine/engine.ts';
import { loadModel } from '../../../src/engine/models/loadModel.ts';
import { forkTransport } from '../../../src/engine/pool/forkTransport.ts';
import type { EngineApi, Progress } from '../../../src/shared/contract.ts';
import { otherPrecision, type Tuning } from '../../../src/shared/tuning.ts';
import { int8Model, sameWeights } from '../../support/int8Model.ts';
import { drawPhotos, tinyModel } from '../../support/photos.ts';
import { slowIndexing } from '../../support/slowTransport.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { index, refusal, watchProgress } from '../../support/testEngine.ts';
import { waitUntil } from '../../support/waitUntil.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = temporaryFolder();
const many = drawPhotos(join(folder, 'many'), 60);
const more = drawPhotos(join(folder, 'more'), 60, 60);
/** There is no machine that has it. */
const elsewhere = process.platform === 'darwin' ? 'dml' : 'coreml';
let number = 0;
let dataFolder: string;

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
});

async function withEngine<T>(
  work: (engine: EngineApi, seen: readonly Progress[]) => Promise<T>,
  options: Partial<EngineOptions> = {},
): Promise<T> {
  const engine = await openEngine({
    dataFolder,
    modelFolder: tinyModel,
    longRunFrom: 50,
    ...options,
  });
  try {
    return await work(engine, watchProgress(engine));
  } finally {
    await engine.close();
  }
}

async function measured(engine: EngineApi): Promise<Tuning | undefined> {
  return (await engine.call('tuning', {})).measured;
}

function wasMeasured(seen: readonly Progress[]): boolean {
  return seen.some(({ phase }) => phase === 'tuning');
}

/** What lies in the catalogue of a closed engine, changed. */
function changeKept(change: (tuning: Tuning) => unknown): void {
  const database = new DatabaseSync(join(dataFolder, 'catalog.sqlite'));
  const row = database.prepare('SELECT value FROM settings').get() as { value: string };
  const stored = JSON.parse(row.value) as { tunings: Tuning[] };
  const value = JSON.stringify({ ...stored, tunings: stored.tunings.map(change) });
  database.prepare('UPDATE settings SET value = ?').run(value);
  database.close();
}

describe('before a run over many photos', () => {
  it('the machine is measured, once, and what is best is used and kept', async () => {
    const first = await withEngine(async (engine, seen) => {
      expect(await measured(engine)).toBeUndefined();
      expect(await index(engine, many)).toMatchObject({ outcome: 'complete', indexed: 60 });
      expect(wasMeasured(seen)).toBe(true);
      const { inUse, measured: tuning } = await engine.call('tuning', {});
      expect(tuning?.chosen).toMatchObject(inUse);
      return tuning;
    });
    await withEngine(async (engine, seen) => {
      expect(await index(engine, more)).toMatchObject({ outcome: 'complete', embedded: 60 });
      expect(wasMeasured(seen)).toBe(false);
      expect(await measured(engine)).toEqual(first);
    });
  });

  it('it is measured again where the library has come to another machine', async () => {
    const first = await withEngine((engine) => engine.call('tune', {}));
    changeKept((tuning) => ({ ...tuning, key: '0123456789abcdef' }));
    await withEngine(async (engine, seen) => {
      expect(await measured(engine)).toBeUndefined();
      await index(engine, many);
      expect(wasMeasured(seen)).toBe(true);
      expect((await measured(engine))?.key).toBe(first.measured?.key);
    });
  });

  it('it is measured again where what was chosen does not work any more', async () => {
    await withEngine((engine) => engine.call('tune', {}));
    changeKept(({ chosen, ...rest }) => ({ ...rest, chosen: { ...chosen, provider: elsewhere } }));
    await withEngine(async (engine, seen) => {
      expect((await measured(engine))?.chosen.provider).toBe(elsewhere);
      expect(await index(engine, many)).toMatchObject({ indexed: 60, failed: 0 });
      expect(wasMeasured(seen)).toBe(true);
      expect((await measured(engine))?.chosen.provider).not.toBe(elsewhere);
    });
  });

  it('nothing is measured for a handful, in eco, or where all is given', async () => {
    const few = drawPhotos(join(folder, 'few'), 10, 200);
    const given = { decoders: 1, embedders: 1, threads: 1 };
    await withEngine(async (engine) => {
      await index(engine, few);
      await engine.call('changeSettings', { speed: 'eco' });
      await index(engine, many);
      expect(await measured(engine)).toBeUndefined();
      expect((await engine.call('tuning', {})).inUse).toMatchObject(given);
    });
    await withEngine(
      async (engine) => {
        await engine.call('changeSettings', { speed: 'full' });
        await index(engine, more);
        expect(await measured(engine)).toBeUndefined();
      },
      { resources: given },
    );
  });

  it('nobody waits for a measurement that takes longer than their photos', async () => {
    await withEngine(
      async (engine, seen) => {
        expect(await index(engine, many)).toMatchObject({ outcome: 'complete', indexed: 60 });
        expect(wasMeasured(seen)).toBe(false);
      },
      { longRunFrom: 61 },
    );
  });

  it('a run that is stopped meanwhile ends at once, and loses nothing', async () => {
    await withEngine(async (engine, seen) => {
      const run = engine.call('index', { folders: [many] });
      await waitUntil('it is measured', () => wasMeasured(seen));
      await engine.call('cancel', {});
      expect(await run).toMatchObject({ outcome: 'cancelled', pending: 60, failed: 0 });
      expect(await measured(engine)).toBeUndefined();
      expect(await index(engine)).toMatchObject({ outcome: 'complete', indexed: 60 });
    });
  });
});

describe('a measurement', () => {
  it('says of everything that a model may run on whether it works, or why not', async () => {
    const { measured: tuning } = await withEngine((engine) => engine.call('tune', {}));
    const names = tuning?.providers.map(({ provider }) => provider);
    expect(names).toEqual(['cpu', 'cuda', 'dml', 'coreml', 'webgpu']);
    for (const { usable, reason } of tuning?.providers ?? []) {
      if (!usable) expect(reason).toMatch(/^\S.*\S$/);
      expect(usable).toBe(reason === undefined);
    }
    const absent = tuning?.providers.find(({ provider }) => provider === elsewhere);
    expect(absent?.reason).toMatch(/^It is there on (Windows|macOS) only\.$/);
  });

  it('survives what ends its processes, and chooses what does not', async () => {
    const transports = killingWhatIsTried();
    const { measured: tuning } = await withEngine((engine) => engine.call('tune', {}), {
      transports,
    });
    const crashed = tuning?.providers.find(({ provider }) => provider === 'webgpu');
    expect(crashed).toMatchObject({ usable: false, reason: expect.stringContaining('SIGKILL') });
    expect(tuning?.chosen.provider).toBe('cpu');
  });

  it('does not begin during a run, and is ended by a cancellation', async () => {
    const options = { transports: slowIndexing(/^embedder/, 1500) };
    await withEngine(async (engine) => {
      const measuring = refusal(engine.call('tune', {}));
      await engine.call('cancel', {});
      expect((await measuring).code).toBe('CANCELLED');
      expect(await measured(engine)).toBeUndefined();

      const run = engine.call('index', { folders: [more] });
      await waitUntil('a run is under way', async () => {
        return (await engine.call('status', {})).running?.phase === 'indexing';
      });
      expect((await refusal(engine.call('tune', {}))).code).toBe('RUN_IN_PROGRESS');
      await engine.call('cancel', {});
      await run;
    }, options);
  });

  it('tells of the other precision where that runs, and lacks nothing where it does not', async () => {
    const tuned = async (int8: Buffer) => {
      const modelFolder = int8Model(join(folder, `int8-${++number}`), int8);
      dataFolder = join(folder, `data-${number}`);
      return withEngine((engine) => engine.call('tune', {}), { modelFolder });
    };
    const { measured: both } = await tuned(sameWeights());
    expect(both?.chosen.precision).toBe('float32');
    expect(both && otherPrecision(both)?.precision).toBe('int8');
    const { measured: one } = await tuned(Buffer.from('no graph'));
    expect(one?.candidates.length).toBeGreaterThan(1);
    expect(one && otherPrecision(one)).toBeUndefined();
  });

  it('is stopped without the run that waits behind it', async () => {
    const options = { transports: slowIndexing(/^embedder/, 1500), longRunFrom: 1000 };
    await withEngine(async (engine) => {
      const measuring = refusal(engine.call('tune', {}));
      await sleep(300);
      const run = engine.call('index', { folders: [more] });
      await engine.call('cancel', {});
      expect((await measuring).code).toBe('CANCELLED');
      expect(await run).toMatchObject({ outcome: 'complete', indexed: 60 });
    }, options);
  });

  it('that cannot be read is as good as none, and costs no setting', async () => {
    await withEngine(async (engine) => {
      await engine.call('changeSettings', { theme: 'dark' });
      await engine.call('tune', {});
    });
    changeKept(() => ({ from: 'another version' }));
    await withEngine(async (engine) => {
      expect(await measured(engine)).toBeUndefined();
      expect(await engine.call('settings', {})).toMatchObject({ theme: 'dark' });
    });
  });
});

describe('a model on something that is not there', () => {
  it('runs on the processor instead, and says the same', async () => {
    const model = await loadModel(tinyModel);
    const { size } = model.manifest.image;
    const pixels = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 37) % 256);
    const options = { precision: 'float32', threads: 1 } as const;
    const [expected, answered] = await Promise.all(
      [['cpu'], [elsewhere]].map(async (providers) => {
        const tower = await openSteadyTower(model, { ...options, providers });
        return tower.embed([pixels]).finally(() => tower.close());
      }),
    );
    expect(answered).toEqual(expected);
  });

  it('is told of, once, and costs no photo', async () => {
    const told: string[] = [];
    const resources = { decoders: 1, embedders: 1, threads: 1, provider: elsewhere } as const;
    await withEngine(
      async (engine) => {
        engine.on('notice', ({ message }) => told.push(message));
        expect(await index(engine, many)).toMatchObject({ outcome: 'complete', indexed: 60 });
      },
      { resources },
    );
    expect(told).toEqual([
      expect.stringMatching(`^The model runs on the processor, as ${elsewhere} does not work: .`),
    ]);
  });
});

/** What is tried is started quietly; here each such process is gone before it can say anything. */
function killingWhatIsTried(): Transports {
  const real = forkTransport();
  const embedders: typeof real = {
    start(entry, name, options) {
      const worker = real.start(entry, name, options);
      if (options?.quiet) worker.kill();
      return worker;
    },
  };
  return {
    indexing: { decoders: real, embedders },
    queries: { decoders: real, embedders: real },
  };
}
