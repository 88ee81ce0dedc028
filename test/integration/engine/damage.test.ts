// Damage to what Ocelli keeps: the index is made again from the catalogue, the catalogue and the
// model are left as they are and named.
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/shared/contract.ts';
import { OcelliError } from '../../../src/shared/errors.ts';
import { copyModel } from '../../support/copyModel.ts';
import { copyPhotos, tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import {
  closeEngine,
  index,
  openTestEngine,
  paths,
  refusal,
  watchProgress,
} from '../../support/testEngine.ts';

const folder = temporaryFolder();
const whole = join(folder, 'whole');
let number = 0;
let before: string[];

beforeAll(async () => {
  const engine = await openTestEngine({ dataFolder: whole });
  await index(engine, copyPhotos(join(folder, 'photos')));
  before = await paths(engine, 'a cup of coffee');
  await closeEngine(engine);
});

/** A copy of the data folder, with the damage done to it. */
async function damagedData(damage: (dataFolder: string) => void): Promise<string> {
  const dataFolder = join(folder, `data-${++number}`);
  await cp(whole, dataFolder, { recursive: true });
  damage(dataFolder);
  return dataFolder;
}

function indexFolder(dataFolder: string): string {
  return join(dataFolder, 'index', readdirSync(join(dataFolder, 'index'))[0] ?? '');
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function vectorFile(dataFolder: string): string {
  const found = filesBelow(indexFolder(dataFolder)).find((path) => path.endsWith('chunk_0.mmap'));
  if (found === undefined) throw new Error('The index has no file of vectors');
  return found;
}

describe('an index that is damaged', () => {
  const damages: Record<string, (dataFolder: string) => void> = {
    'whose folder is gone': (data) => rmSync(join(data, 'index'), { recursive: true }),
    'that is empty': (data) => {
      rmSync(indexFolder(data), { recursive: true });
      mkdirSync(join(data, 'index', 'tiny-clip-float32'));
    },
    'that is a file': (data) => {
      const path = indexFolder(data);
      rmSync(path, { recursive: true });
      writeFileSync(path, 'not a folder');
    },
    'whose files are garbage': (data) => {
      for (const path of filesBelow(indexFolder(data))) writeFileSync(path, 'garbage '.repeat(99));
    },
    'whose files are empty': (data) => {
      for (const path of filesBelow(indexFolder(data))) truncateSync(path, 0);
    },
    'that has lost its segments': (data) => {
      rmSync(join(indexFolder(data), 'segments'), { recursive: true });
    },
    'that has lost its settings': (data) => rmSync(join(indexFolder(data), 'edge_config.json')),
  };
  for (const [how, damage] of Object.entries(damages)) {
    it(`${how} is made again when it is opened, with the same answers and no inference`, async () => {
      const notices: string[] = [];
      const onNotice = (message: string) => notices.push(message);
      const engine = await openTestEngine({ dataFolder: await damagedData(damage), onNotice });
      expect(await paths(engine, 'a cup of coffee')).toEqual(before);
      const seen = watchProgress(engine);
      expect(await index(engine)).toMatchObject({ unchanged: 12, embedded: 0 });
      expect(seen.flatMap((progress) => progress.workers)).toEqual([]);
      // A folder that is gone or empty opens like a new one and is filled without a word.
      if (!/gone|empty$|settings/.test(how))
        expect(notices.join()).toContain('rebuilt from the catalogue');
    });
  }

  const late: Record<string, (dataFolder: string) => void> = {
    'whose vectors are garbage': (data) => {
      const path = vectorFile(data);
      writeFileSync(path, Buffer.alloc(statSync(path).size, 0xf7));
    },
    'whose vectors are gone': (data) =>
      rmSync(join(vectorFile(data), '../..'), { recursive: true }),
    'whose vectors are cut off': (data) => truncateSync(vectorFile(data), 0),
  };
  for (const [how, damage] of Object.entries(late)) {
    it(`${how} answers right, or says so once and is made again at the next start`, async () => {
      const dataFolder = await damagedData(damage);
      const engine = await openTestEngine({ dataFolder });
      const answer = await paths(engine, 'a cup of coffee').catch((error: unknown) => error);
      if (answer instanceof OcelliError) expect(answer.code).toBe('INDEX_DAMAGED');
      else expect(answer).toEqual(before);
      await closeEngine(engine);
      const next = await openTestEngine({ dataFolder });
      expect(await paths(next, 'a cup of coffee')).toEqual(before);
    });
  }
});

describe('thumbnails that are gone', () => {
  it('keep nobody from searching', async () => {
    const dataFolder = await damagedData((data) =>
      rmSync(join(data, 'thumbnails'), { recursive: true }),
    );
    expect(await paths(await openTestEngine({ dataFolder }), 'a cup of coffee')).toEqual(before);
  });
});

describe('a catalogue', () => {
  const file = (dataFolder: string) => join(dataFolder, 'catalog.sqlite');

  it('of a newer version is refused and left as it is', async () => {
    const dataFolder = await damagedData((data) => {
      const sqlite = new DatabaseSync(file(data));
      sqlite.exec('PRAGMA user_version = 9999');
      sqlite.close();
    });
    const bytes = readFileSync(file(dataFolder));
    const error = await refusal(openTestEngine({ dataFolder }));
    expect(error.code).toBe('DATA_NEWER');
    expect(error.message).toContain(file(dataFolder));
    expect(readFileSync(file(dataFolder)).equals(bytes)).toBe(true);
    // The refusal holds nothing: whoever comes next is refused for the same reason.
    expect((await refusal(openTestEngine({ dataFolder }))).code).toBe('DATA_NEWER');
  });

  const damages: Record<string, (path: string) => void> = {
    'that is garbage': (path) => writeFileSync(path, 'this is no database '.repeat(5000)),
    'whose first page is garbage': (path) => {
      const bytes = readFileSync(path);
      bytes.fill(0xab, 100, 4096);
      writeFileSync(path, bytes);
    },
    'that is cut off': (path) => truncateSync(path, 4096 * 3),
  };
  for (const [how, damage] of Object.entries(damages)) {
    it(`${how} is refused by its name and left as it is`, async () => {
      const dataFolder = await damagedData((data) => {
        damage(file(data));
        rmSync(`${file(data)}-wal`, { force: true });
        rmSync(`${file(data)}-shm`, { force: true });
      });
      const bytes = readFileSync(file(dataFolder));
      const error = await refusal(tryAll(dataFolder));
      expect(error.code).toBe('DATA_DAMAGED');
      expect(error.message).toContain(file(dataFolder));
      expect(readFileSync(file(dataFolder)).equals(bytes)).toBe(true);
    });
  }

  async function tryAll(dataFolder: string): Promise<void> {
    const engine: EngineApi = await openTestEngine({ dataFolder });
    try {
      await engine.call('status', {});
      await engine.call('search', { words: 'coffee' });
      await engine.call('index', { folders: [] });
    } finally {
      await closeEngine(engine);
    }
  }
});

describe('a data folder', () => {
  it('is open to one engine at a time, and free again when that one is closed', async () => {
    const dataFolder = join(folder, 'one-at-a-time');
    const first = await openTestEngine({ dataFolder });
    const error = await refusal(openTestEngine({ dataFolder }));
    expect(error.code).toBe('DATA_IN_USE');
    expect(error.message).toContain(dataFolder);
    await closeEngine(first);
    await openTestEngine({ dataFolder });
  });

  it('that is a file, or lies below one, is refused by its name', async () => {
    const path = join(folder, 'a-file');
    writeFileSync(path, '');
    for (const dataFolder of [path, join(path, 'below')]) {
      const error = await refusal(openTestEngine({ dataFolder }));
      expect(error.code).toBe('DATA_UNWRITABLE');
      expect(error.message).toContain(dataFolder);
    }
  });

  it('with blanks, quotes, an emoji and a long path works like any other', async () => {
    const dataFolder = join(folder, "it's “mine” 📷", 'ü'.repeat(60), 'x'.repeat(120));
    const engine = await openTestEngine({ dataFolder });
    await index(engine, copyPhotos(join(folder, 'two'), ['camera.png', 'china.jpg']));
    expect(await paths(engine, 'camera')).toHaveLength(2);
  });
});

describe('a model folder', () => {
  const model = (name: string) => copyModel(tinyModel, join(folder, `model-${name}`));
  const cases: Record<string, { damage: (path: string) => void; code: string; names: string }> = {
    'without model.json': {
      damage: (path) => rmSync(join(path, 'model.json')),
      code: 'MODEL_MISSING',
      names: 'model.json',
    },
    'whose model.json is no JSON': {
      damage: (path) => writeFileSync(join(path, 'model.json'), '{ "schema": 1,'),
      code: 'MODEL_DAMAGED',
      names: 'model.json',
    },
    'whose model.json lacks a tower': {
      damage: (path) => writeFileSync(join(path, 'model.json'), '{ "schema": 1, "id": "x1" }'),
      code: 'MODEL_DAMAGED',
      names: 'model.json',
    },
    'without one of its files': {
      damage: (path) => rmSync(join(path, 'vision.onnx')),
      code: 'MODEL_MISSING',
      names: 'vision.onnx',
    },
    'with a file that is cut off': {
      damage: (path) => truncateSync(join(path, 'text.onnx'), 1000),
      code: 'MODEL_DAMAGED',
      names: 'text.onnx',
    },
    'with a file that is too long': {
      damage: (path) => appendFileSync(join(path, 'tokenizer.json'), ' '),
      code: 'MODEL_DAMAGED',
      names: 'tokenizer.json',
    },
  };
  let made = 0;
  for (const [how, { damage, code, names }] of Object.entries(cases)) {
    it(`${how} is refused by that name, before anything is written`, async () => {
      const modelFolder = model(String(++made));
      damage(modelFolder);
      const dataFolder = join(folder, `never-${made}`);
      const error = await refusal(openTestEngine({ dataFolder, modelFolder }));
      expect(error.code).toBe(code);
      expect(error.message).toContain(join(modelFolder, names));
      expect(() => statSync(dataFolder)).toThrow('ENOENT');
    });
  }
});
