// Exchanging the model while the engine is open: nothing is embedded twice, nothing is lost, and a
// model that is not whole never gets in.
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineApi, RunReport } from '../../../src/shared/contract.ts';
import type { ModelInfo } from '../../../src/shared/settings.ts';
import { changeManifest, renamedModel } from '../../support/copyModel.ts';
import { copyPhotos, drawPhotos, tinyModel } from '../../support/photos.ts';
import { startOcelli } from '../../support/runOcelli.ts';
import { slowIndexing } from '../../support/slowTransport.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEngine, index, openTestEngine, paths, refusal } from '../../support/testEngine.ts';
import { mountSmallDisk } from '../../support/tmpfs.ts';
import { waitUntil } from '../../support/waitUntil.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = temporaryFolder();
const photos = copyPhotos(join(folder, 'photos'));
const other = renamedModel(tinyModel, join(folder, 'other'));
const otherId = 'tiny-clip-renamed';
let number = 0;
let dataFolder: string;

beforeEach(() => {
  dataFolder = join(folder, `data-${++number}`);
});

/** Switches, and waits for the run that this begins. */
async function use(engine: EngineApi, id: string): Promise<RunReport | undefined> {
  const [before] = await engine.call('runs', { limit: 1 });
  const { waiting } = await engine.call('useModel', { id });
  if (waiting === 0) return undefined;
  const after = async () => (await engine.call('runs', { limit: 1 }))[0];
  await waitUntil('the run has ended', async () => (await after())?.id !== before?.id);
  return after();
}

async function modelNamed(engine: EngineApi, id: string): Promise<ModelInfo | undefined> {
  return (await engine.call('models', {})).find((model) => model.id === id);
}

describe('another model', () => {
  it('looks at every photo once; going back, and forth again, costs nothing', async () => {
    const engine = await openTestEngine({ dataFolder });
    await index(engine, photos);
    const added = await engine.call('addModel', { folder: other });
    expect(added).toMatchObject({
      id: otherId,
      active: false,
      origin: 'added',
      photosIn: { float32: 0 },
    });
    expect(await use(engine, otherId)).toMatchObject({ model: otherId, embedded: 12, indexed: 12 });
    expect(await paths(engine, 'anything')).toHaveLength(12);
    expect(await modelNamed(engine, otherId)).toMatchObject({
      ...{ active: true, precision: 'float32', photosIn: { float32: 12 } },
    });
    expect(await modelNamed(engine, 'tiny-clip')).toMatchObject({
      ...{ active: false, photosIn: { float32: 12 } },
    });

    for (const id of ['tiny-clip', otherId]) {
      expect(await use(engine, id)).toBeUndefined();
      expect(await engine.call('status', {})).toMatchObject({ model: id, pending: 0, points: 12 });
      expect(await paths(engine, 'anything')).toHaveLength(12);
    }
  });

  it('finds what came, and not what went, while the other one was in use', async () => {
    const mine = drawPhotos(join(folder, 'comes-and-goes'), 6);
    const engine = await openTestEngine({ dataFolder });
    await index(engine, mine);
    await engine.call('addModel', { folder: other });
    await use(engine, otherId);
    rmSync(join(mine, 'drawn-0.png'));
    drawPhotos(join(mine, 'more'), 2, 100);
    await index(engine);
    expect(await use(engine, 'tiny-clip')).toMatchObject({ embedded: 2, unchanged: 5 });
    const found = await paths(engine, 'anything');
    expect(found).toHaveLength(7);
    expect(found).not.toContain(join(mine, 'drawn-0.png'));
    expect(await engine.call('status', {})).toMatchObject({ points: 7 });
  });

  it('takes over in the middle of a run; going back then costs nothing either', async () => {
    const many = drawPhotos(join(folder, 'many'), 40);
    const engine = await openTestEngine({ dataFolder });
    await index(engine, many);
    await closeEngine(engine);
    const slow = await openTestEngine({ dataFolder, transports: slowIndexing(/^embedder/, 200) });
    await slow.call('addModel', { folder: other });
    await slow.call('useModel', { id: otherId });
    await waitUntil('some are embedded anew', async () => {
      const { points } = await slow.call('status', {});
      return points > 0;
    });
    expect(await slow.call('useModel', { id: 'tiny-clip' })).toEqual({ waiting: 0 });
    // The run that was ended began a look at all folders; another one follows it and finds nothing new.
    const report = await index(slow);
    expect(report).toMatchObject({ embedded: 0, recognised: 0, unchanged: 40, pending: 0 });
    expect(await paths(slow, 'anything')).toHaveLength(40);
  });

  it('searches that are under way end as they began', async () => {
    const engine = await openTestEngine({ dataFolder });
    await index(engine, photos);
    await engine.call('addModel', { folder: other });
    const searches = Array.from({ length: 8 }, () => paths(engine, 'anything'));
    await engine.call('useModel', { id: otherId });
    for (const found of await Promise.all(searches)) expect(found).toHaveLength(12);
  });

  it('says of a photo that it has not looked at that this is so', async () => {
    const transports = slowIndexing(/^embedder/, 1000);
    const engine = await openTestEngine({ dataFolder, transports });
    await index(engine, photos);
    await engine.call('addModel', { folder: other });
    const [hit] = (await engine.call('search', { words: 'anything' })).hits;
    expect(await engine.call('useModel', { id: otherId })).toEqual({ waiting: 12 });
    const error = await refusal(engine.call('search', { similarTo: hit?.photo ?? 0 }));
    expect(error.code).toBe('PHOTO_NOT_INDEXED');
    expect(await engine.call('status', {})).toMatchObject({ pending: 12, eligible: 12 });
  });

  it('leaves photos of a disk that is away as they are, and looks at them when it is back', async () => {
    const disk = drawPhotos(join(folder, 'disk'), 3);
    const engine = await openTestEngine({ dataFolder });
    await index(engine, photos, disk);
    rmSync(disk, { recursive: true });
    await index(engine);
    await engine.call('addModel', { folder: other });
    expect(await use(engine, otherId)).toMatchObject({ embedded: 12, failed: 0 });
    expect(await engine.call('status', {})).toMatchObject({ indexed: 15, failed: 0, pending: 0 });
    drawPhotos(disk, 3);
    expect(await index(engine)).toMatchObject({ indexed: 15, embedded: 3 });
  });
});

describe('the choice', () => {
  it('is remembered, unless a start names a model; one that is gone is replaced by the starter', async () => {
    const few = copyPhotos(join(folder, 'few'), ['camera.png', 'china.jpg']);
    const engine = await openTestEngine({ dataFolder });
    await index(engine, few);
    await engine.call('addModel', { folder: other });
    await use(engine, otherId);
    await closeEngine(engine);

    const again = await openChosen();
    expect(await again.call('status', {})).toMatchObject({ model: otherId, indexed: 2, points: 2 });
    await again.close();
    const named = await openTestEngine({ dataFolder });
    expect(await named.call('status', {})).toMatchObject({ model: 'tiny-clip', points: 2 });
    await closeEngine(named);

    const vision = join(dataFolder, 'models', otherId, 'vision.onnx');
    const whole = readFileSync(vision);
    truncateSync(vision, 1000);
    const notices: string[] = [];
    const starter = await openChosen((message) => notices.push(message));
    expect(await starter.call('status', {})).toMatchObject({ model: 'starter' });
    expect(notices.join()).toContain(`The model ${otherId} cannot be used`);
    expect(await modelNamed(starter, otherId)).toMatchObject({
      ...{ photosIn: { float32: 2 }, active: false },
    });
    expect((await modelNamed(starter, otherId))?.problem).toContain('vision.onnx');
    expect((await refusal(starter.call('useModel', { id: otherId }))).code).toBe('MODEL_DAMAGED');
    await starter.close();

    writeFileSync(vision, whole);
    const mended = await openChosen();
    expect(await mended.call('status', {})).toMatchObject({ model: otherId, points: 2 });
    expect(await index(mended)).toMatchObject({ embedded: 0, indexed: 2 });
    await mended.close();
  });

  function openChosen(onNotice = (_message: string) => {}): Promise<EngineApi> {
    return openEngine({
      dataFolder,
      onNotice,
      resources: { decoders: 1, embedders: 1, threads: 1 },
    });
  }
});

describe('a model that is added', () => {
  // Room for an index, not for a model.
  const disk = mountSmallDisk(join(folder, 'small-disk'), '74m');
  const refused = async (engine: EngineApi, path: string) => {
    const error = await refusal(engine.call('addModel', { folder: path }));
    expect(await engine.call('models', {})).toHaveLength(2);
    expect(readdirSync(join(dataFolder)).includes('models') ? stored() : []).toEqual([]);
    return error;
  };
  const stored = () => readdirSync(join(dataFolder, 'models'));

  it('is refused by name where a file is missing, cut off, or not what it was', async () => {
    const engine = await openTestEngine({ dataFolder });
    expect(await refused(engine, photos)).toMatchObject({ code: 'MODEL_MISSING' });
    const cases = {
      missing: (path: string) => rmSync(path),
      'cut-off': (path: string) => truncateSync(path, 1000),
      changed: (path: string) => flipBit(path),
    };
    for (const [name, damage] of Object.entries(cases)) {
      const path = renamedModel(tinyModel, join(folder, `damaged-${name}`));
      damage(join(path, 'text.onnx'));
      const error = await refused(engine, path);
      expect(error.code).toMatch(/^MODEL_(MISSING|DAMAGED)$/);
      expect(error.message).toContain(join(path, 'text.onnx'));
    }
  });

  it('is refused where it does not run, or leaves out a file that it needs', async () => {
    const engine = await openTestEngine({ dataFolder });
    const path = renamedModel(tinyModel, join(folder, 'wrong-size'));
    changeManifest(path, (manifest) => ({ ...manifest, dimensions: 65 }));
    expect(await refused(engine, path)).toMatchObject({ code: 'MODEL_DAMAGED' });
    const short = renamedModel(tinyModel, join(folder, 'unlisted'));
    changeManifest(short, (manifest) => ({ ...manifest, files: manifest.files.slice(1) }));
    const error = await refused(engine, short);
    expect(error).toMatchObject({ code: 'MODEL_DAMAGED' });
    expect(error.message).toContain('vision.onnx');
  });

  it('may be added again, but not another one under its id, nor under the starter’s', async () => {
    const engine = await openTestEngine({ dataFolder });
    await engine.call('addModel', { folder: other });
    await engine.call('addModel', { folder: other });
    const twin = renamedModel(tinyModel, join(folder, 'twin'));
    changeManifest(twin, (manifest) => ({ ...manifest, name: 'Another one' }));
    expect((await refusal(engine.call('addModel', { folder: twin }))).code).toBe('MODEL_EXISTS');
    changeManifest(twin, (manifest) => ({ ...manifest, id: 'starter' }));
    expect((await refusal(engine.call('addModel', { folder: twin }))).code).toBe('MODEL_EXISTS');
    expect(stored()).toEqual([otherId]);
  });

  it('can be removed with what it knows, unless it is in use', async () => {
    const engine = await openTestEngine({ dataFolder });
    await index(engine, photos);
    await engine.call('addModel', { folder: other });
    await use(engine, otherId);
    expect((await refusal(engine.call('removeModel', { id: otherId }))).code).toBe('MODEL_IN_USE');
    await use(engine, 'tiny-clip');
    await engine.call('removeModel', { id: otherId });
    expect(stored()).toEqual([]);
    expect(existsSync(join(dataFolder, 'index', `${otherId}-float32`))).toBe(false);
    expect((await refusal(engine.call('useModel', { id: otherId }))).code).toBe('MODEL_UNKNOWN');
    expect((await refusal(engine.call('removeModel', { id: 'starter' }))).code).toBe(
      'MODEL_UNKNOWN',
    );
    // What it knew is gone: it would have to look again.
    expect(await engine.call('addModel', { folder: other })).toMatchObject({
      photosIn: { float32: 0 },
    });
    expect(await paths(engine, 'anything')).toHaveLength(12);
  });

  it('leaves nothing half behind when the process is killed while it is copied', async () => {
    const large = renamedModel(tinyModel, join(folder, 'large'));
    const bytes = 300_000_000;
    writeFileSync(join(large, 'padding.bin'), '');
    truncateSync(join(large, 'padding.bin'), bytes);
    const sha256 = createHash('sha256').update(Buffer.alloc(bytes)).digest('hex');
    changeManifest(large, (manifest) => ({
      ...manifest,
      files: [...manifest.files, { path: 'padding.bin', bytes, sha256 }],
    }));
    const adding = startOcelli(['--data', dataFolder, 'models', 'add', large], { detached: true });
    await waitUntil('it is being copied', () => {
      return existsSync(join(dataFolder, 'models')) && stored().length > 0;
    });
    process.kill(-adding.pid, 'SIGKILL');
    await adding.ended;
    expect(stored()).toEqual([expect.stringMatching(/^\.unfinished-/)]);

    const engine = await openTestEngine({ dataFolder });
    expect(stored()).toEqual([]);
    expect(await engine.call('models', {})).toHaveLength(2);
    await engine.call('addModel', { folder: large });
    expect(stored()).toEqual([otherId]);
  });

  it('is refused where the disk is too full for it, and leaves nothing behind', async () => {
    if (!disk) return;
    dataFolder = join(disk.folder, 'data');
    const engine = await openTestEngine({ dataFolder });
    const error = await refused(engine, other);
    expect(error.code).toBe('DISK_FULL');
    expect(error.message).toContain('free');
    await closeEngine(engine);
  });
});

/** In the middle of the weights: it loads and runs, and only its hash tells. */
function flipBit(path: string): void {
  const content = readFileSync(path);
  const middle = Math.floor(content.length / 2);
  content[middle] = (content[middle] ?? 0) ^ 1;
  writeFileSync(path, content);
}
