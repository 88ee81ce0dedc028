// `ocelli models`, as people type it: without --model, so that the choice is theirs.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';
import { brokenWeights, int8Model, sameWeights } from '../support/int8Model.ts';
import { copyPhotos, repository, tinyModel } from '../support/photos.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = temporaryFolder();
const launcher = join(repository, 'bin/ocelli.mjs');

async function ocelli(...args: string[]): Promise<string> {
  const all = [launcher, '--data', join(folder, 'data'), ...args];
  return (await promisify(execFile)(process.execPath, all)).stdout;
}

it('a model is added, used from then on, and removed', async () => {
  await ocelli('index', copyPhotos(join(folder, 'photos'), ['camera.png', 'china.jpg']));
  expect(await ocelli('models')).toMatch(/^\* +starter +\S+ MB +2 +int8 +/m);
  expect(await ocelli('models', 'add', tinyModel)).toContain('ocelli models use tiny-clip');
  const used = await ocelli('models', 'use', 'tiny-clip');
  expect(used).toContain('tiny-clip is in use, and looks at 2 photos now.');
  expect(used).toContain('2 photos = 2 indexed');

  expect(await ocelli('models')).toMatch(/^\* +tiny-clip +20.1 MB +2 +float32 +Tiny CLIP/m);
  expect(await ocelli('status')).toContain('Model: tiny-clip.');
  expect((await ocelli('search', '--paths', 'anything')).split('\n')).toHaveLength(3);

  expect(await ocelli('models', 'use', 'starter')).toBe('starter is in use.\n');
  await ocelli('models', 'remove', 'tiny-clip');
  expect(JSON.parse(await ocelli('models', '--json'))).toMatchObject([
    { id: 'starter', active: true, precision: 'int8', photosIn: { int8: 2 }, origin: 'starter' },
  ]);
  await expect(ocelli('models', 'use', 'tiny-clip')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('No model with the id tiny-clip has been added.'),
  });
});

it('int8 is chosen for a model by its name, and kept', async () => {
  const model = int8Model(join(folder, 'int8'), sameWeights(), 'both');
  await ocelli('models', 'add', model);
  const used = await ocelli('models', 'use', 'both', '--precision', 'int8');
  expect(used).toContain('both in int8 is in use, and looks at 2 photos now.');
  expect(await ocelli('models')).toMatch(/^\* +both +\S+ MB +2 +int8, float32 +Tiny CLIP/m);
  expect(await ocelli('models', 'use', 'both', '--precision', 'int8')).toBe(
    'both in int8 is in use.\n',
  );
  expect(await ocelli('tune')).toMatch(
    /^In float32: \d\.\d times as fast\. .*: ocelli models use both --precision float32$/m,
  );
  await ocelli('models', 'use', 'starter');
  await expect(ocelli('models', 'use', 'starter', '--precision', 'float32')).rejects.toMatchObject({
    code: 4,
    stderr: expect.stringContaining('Starter has no weights in float32.'),
  });
  await ocelli('models', 'remove', 'both');
});

it('int8 that finds other photos than float32 is refused with the figures, which are listed', async () => {
  const model = int8Model(join(folder, 'broken'), brokenWeights());
  const refused = expect.stringMatching(/finds other photos .*recall@10 0\.\d{3} by words.*0\.95/);
  await expect(ocelli('--model', model, '--precision', 'int8', 'status')).rejects.toMatchObject({
    code: 4,
    stderr: refused,
  });
  const listed = await ocelli('--model', model, 'models');
  expect(listed).toMatch(/^tiny-clip: int8 is not used: recall@10 0\.\d{3} by words/m);
  expect(listed).toContain('starter: int8 only: there is no float32 to compare it with.');
});
