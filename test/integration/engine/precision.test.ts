// int8 is used where it finds what float32 finds, and nowhere else: compared on this machine, once
// for the same weights.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../src/engine/catalog/database.ts';
import type { EngineOptions } from '../../../src/engine/engine.ts';
import { starterModelFolder } from '../../../src/engine/workerEntries.ts';
import { type Agreement, agreementText, agrees } from '../../../src/shared/agreement.ts';
import type { EngineApi } from '../../../src/shared/contract.ts';
import { changeManifest } from '../../support/copyModel.ts';
import { brokenWeights, int8Model, realInt8, sameWeights } from '../../support/int8Model.ts';
import { copyPhotos, tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEngine, index, openTestEngine, paths, refusal } from '../../support/testEngine.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = temporaryFolder();
const photos = copyPhotos(join(folder, 'photos'), ['camera.png', 'china.jpg', 'coffee.png']);
const same = int8Model(join(folder, 'same'), sameWeights());
const broken = int8Model(join(folder, 'broken'), brokenWeights());
let number = 0;
let dataFolder: string;
/** How many comparisons were made. */
let compared: number;
let notices: string[];

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
  compared = 0;
  notices = [];
});

function open(modelFolder: string, options: Partial<EngineOptions> = {}): Promise<EngineApi> {
  return openAsChosen(modelFolder, { precision: 'int8', ...options });
}

/** As people open a library: nothing is given. */
function openAsChosen(
  modelFolder: string,
  options: Partial<EngineOptions> = {},
): Promise<EngineApi> {
  const onNotice = (message: string) => {
    notices.push(message);
    if (message.includes('is compared with float32')) compared++;
  };
  return openTestEngine({ dataFolder, modelFolder, onNotice, ...options });
}

async function int8Of(engine: EngineApi, id = 'tiny-clip') {
  return (await engine.call('models', {})).find((model) => model.id === id)?.int8;
}

async function agreementOf(engine: EngineApi): Promise<Agreement> {
  const int8 = await int8Of(engine);
  if (int8?.state === 'compared') return int8.agreement;
  throw new Error(`Expected a comparison but received ${JSON.stringify(int8)}`);
}

/** What is kept of the refusal, by an engine that does not ask for int8. */
async function keptAgreement(modelFolder: string): Promise<Agreement> {
  const engine = await open(modelFolder, { precision: 'float32' });
  const agreement = await agreementOf(engine);
  await closeEngine(engine);
  return agreement;
}

describe('int8 that finds what float32 finds', () => {
  it('is used, and its figures are told', async () => {
    const engine = await open(same);
    await index(engine, photos);
    expect(await paths(engine, 'anything')).toHaveLength(3);
    expect(existsSync(join(dataFolder, 'index', 'tiny-clip-int8'))).toBe(true);
    expect(existsSync(join(dataFolder, 'index', 'tiny-clip-float32'))).toBe(false);
    const agreement = await agreementOf(engine);
    expect(agreement).toMatchObject({ photos: 120, words: 64, recall: { words: 1, photos: 1 } });
    expect(agreement.image.least).toBeCloseTo(1, 5);
  });

  it('is compared once, and anew when its weights are others', async () => {
    await closeEngine(await open(same));
    await closeEngine(await open(same));
    expect(compared).toBe(1);
    expect((await refusal(open(broken))).code).toBe('PRECISION_REFUSED');
    expect((await refusal(open(broken))).code).toBe('PRECISION_REFUSED');
    expect(compared).toBe(2);
    // What was found of the ones before is not forgotten.
    await closeEngine(await open(same));
    expect(compared).toBe(2);
  });

  it('is compared every time where model.json does not say what its weights are', async () => {
    const unlisted = int8Model(join(folder, 'unlisted'), sameWeights());
    changeManifest(unlisted, (manifest) => ({ ...manifest, files: [] }));
    await closeEngine(await open(unlisted));
    await closeEngine(await open(unlisted));
    expect(compared).toBe(2);
  });

  it('is not compared before it is asked for', async () => {
    const engine = await open(same, { precision: 'float32' });
    expect(await int8Of(engine)).toEqual({ state: 'untried' });
    expect(compared).toBe(0);
  });
});

describe('int8 that finds something else', () => {
  it('is refused with the figures and the way out, and float32 opens', async () => {
    const error = await refusal(open(broken));
    const agreement = await keptAgreement(broken);
    expect(error.code).toBe('PRECISION_REFUSED');
    expect(agreement.recall.words).toBeLessThan(0.9);
    expect(agreement.recall.photos).toBeLessThan(0.9);
    expect(error.message).toContain(agreementText(agreement));
    expect(error.message).toContain('0.95');
    expect(error.wayOut).toContain('leave out --precision');
    expect(existsSync(join(dataFolder, 'index', 'tiny-clip-int8'))).toBe(false);
  });

  // Its weights are random, so it ranks photos by next to nothing, and rounding exchanges some.
  it('is refused though every vector is nearly the same: the tiny model’s own', async () => {
    const real = int8Model(join(folder, 'real'), realInt8());
    expect((await refusal(open(real))).code).toBe('PRECISION_REFUSED');
    const agreement = await keptAgreement(real);
    expect(agreement.image.least).toBeGreaterThan(0.999);
    expect(agreement.recall.words).toBeGreaterThan(0.7);
    expect(agrees(agreement)).toBe(false);
  });

  it('does not take the place of the model that is in use', async () => {
    const other = int8Model(join(folder, 'other'), brokenWeights(), 'other');
    const engine = await open(same);
    await engine.call('addModel', { folder: other });
    expect((await refusal(engine.call('useModel', { id: 'other' }))).code).toBe(
      'PRECISION_REFUSED',
    );
    expect(await engine.call('status', {})).toMatchObject({ model: 'tiny-clip' });
    await index(engine, photos);
  });
});

describe('a precision that is chosen', () => {
  const use = (engine: EngineApi, precision: 'float32' | 'int8') =>
    engine.call('useModel', { id: 'tiny-clip', precision });

  it('looks at every photo once, is kept, and going back costs nothing', async () => {
    const engine = await openAsChosen(same);
    await index(engine, photos);
    expect(await use(engine, 'int8')).toEqual({ waiting: 3 });
    await vi.waitFor(
      async () => expect(await engine.call('status', {})).toMatchObject({ pending: 0, points: 3 }),
      { timeout: 30_000 },
    );
    const [model] = await engine.call('models', {});
    expect(model).toMatchObject({ precision: 'int8', photosIn: { float32: 3, int8: 3 } });
    expect(await paths(engine, 'anything')).toHaveLength(3);
    await closeEngine(engine);

    const again = await openAsChosen(same);
    expect(await again.call('status', {})).toMatchObject({ precision: 'int8', pending: 0 });
    expect(await use(again, 'float32')).toEqual({ waiting: 0 });
    expect(await again.call('status', {})).toMatchObject({ precision: 'float32', points: 3 });
    expect(await paths(again, 'anything')).toHaveLength(3);
    await closeEngine(again);
    const back = await openAsChosen(same);
    expect(await back.call('status', {})).toMatchObject({ precision: 'float32', pending: 0 });
  });

  it('changes nothing where it is refused, or is not there', async () => {
    const engine = await openAsChosen(broken);
    await index(engine, photos);
    expect((await refusal(use(engine, 'int8'))).code).toBe('PRECISION_REFUSED');
    const starter = { id: 'starter', precision: 'float32' } as const;
    expect((await refusal(engine.call('useModel', starter))).code).toBe('PRECISION_MISSING');
    expect(await engine.call('status', {})).toMatchObject({
      ...{ model: 'tiny-clip', precision: 'float32', pending: 0 },
    });
    await closeEngine(engine);
    const again = await openAsChosen(broken);
    expect(await again.call('status', {})).toMatchObject({ precision: 'float32', points: 3 });
  });

  it('is kept, and float32 stands in, where its weights are others that find others', async () => {
    const changing = int8Model(join(folder, 'changing'), sameWeights());
    const engine = await openAsChosen(changing);
    await use(engine, 'int8');
    await closeEngine(engine);
    int8Model(changing, brokenWeights());
    const instead = await openAsChosen(changing);
    expect(await instead.call('status', {})).toMatchObject({ precision: 'float32' });
    expect(notices.join()).toContain('float32 is used instead');
    await closeEngine(instead);
    int8Model(changing, sameWeights());
    const mended = await openAsChosen(changing);
    expect(await mended.call('status', {})).toMatchObject({ precision: 'int8' });
  });
});

describe('a precision that was chosen on another machine', () => {
  /** As if what is kept came from there, where int8 held. */
  function moveLibrary(): void {
    const database = new Database(join(dataFolder, 'catalog.sqlite'));
    const read = database.prepare<[], { value: string }>('SELECT value FROM settings');
    const settings = JSON.parse(read.get()?.value ?? '{}');
    settings.precisions = { 'tiny-clip': 'int8' };
    for (const comparison of settings.comparisons) {
      comparison.key = 'of another machine';
      comparison.agreement.recall = { words: 1, photos: 1 };
    }
    database.prepare<[string]>('UPDATE settings SET value = ?').run(JSON.stringify(settings));
    database.close();
  }

  it('is used at once, compared meanwhile, and stays where it holds', async () => {
    await closeEngine(await open(same));
    moveLibrary();
    const engine = await openAsChosen(same, { watch: true });
    expect(await engine.call('status', {})).toMatchObject({ precision: 'int8' });
    await vi.waitFor(() => expect(compared).toBe(2), { timeout: 10_000 });
    await vi.waitFor(async () => expect((await int8Of(engine))?.state).toBe('compared'), {
      timeout: 60_000,
    });
    expect(await engine.call('status', {})).toMatchObject({ precision: 'int8' });
  });

  it('gives way to float32, in which photos are looked at, where it does not hold', async () => {
    expect((await refusal(open(broken))).code).toBe('PRECISION_REFUSED');
    moveLibrary();
    const engine = await openAsChosen(broken, { watch: true });
    expect(await engine.call('status', {})).toMatchObject({ precision: 'int8' });
    await index(engine, photos);
    await vi.waitFor(
      async () => {
        expect(await engine.call('status', {})).toMatchObject({
          ...{ precision: 'float32', pending: 0, points: 3 },
        });
      },
      { timeout: 60_000 },
    );
  });

  it('is not compared by who is gone in a moment', async () => {
    await closeEngine(await open(same));
    moveLibrary();
    await closeEngine(await openAsChosen(same));
    expect(compared).toBe(1);
  });
});

it('int8 without a float32 to compare it with is used, and said to be alone', async () => {
  const engine = await open(starterModelFolder);
  expect(await int8Of(engine, 'starter')).toEqual({ state: 'alone' });
  expect(compared).toBe(0);
});

it('float32 without int8 has none to speak of', async () => {
  const engine = await open(tinyModel);
  expect(await int8Of(engine)).toBeUndefined();
  expect(compared).toBe(0);
});

it('closing ends a comparison that is under way', async () => {
  const other = int8Model(join(folder, 'closing'), brokenWeights(), 'closing');
  const engine = await open(same);
  await engine.call('addModel', { folder: other });
  const using = refusal(engine.call('useModel', { id: 'closing' }));
  await vi.waitFor(() => expect(compared).toBe(2));
  await closeEngine(engine);
  expect((await using).code).toBe('CANCELLED');
});
