// The starter model as it is committed: what ships must be what model.json says, whole and small.
// Real: the files and the code that reads a model folder. How well it finds photos is asked elsewhere.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTokenizer } from '../../../src/engine/embed/tokenizer.ts';
import { loadModel, verifyModel } from '../../../src/engine/models/loadModel.ts';
import type { Model } from '../../../src/shared/model.ts';

const folder = fileURLToPath(new URL('../../../models/starter', import.meta.url));
const megabyte = 1_000_000;

let starter: Model;

beforeAll(async () => {
  starter = await loadModel(folder);
});

describe('the starter model', () => {
  it('has every file that model.json lists, unchanged', async () => {
    await expect(verifyModel(starter)).resolves.toBeUndefined();
  });

  it('lists every file that its towers need', () => {
    const { image, text, files } = starter.manifest;
    const needed = [
      ...Object.values(image.files),
      ...Object.values(text.files),
      text.tokenizer.file,
    ];
    expect(files.map((file) => file.path).sort()).toEqual(needed.sort());
  });

  it('adds no more than 42 MB to the app', async () => {
    const sizes = await Promise.all(
      starter.manifest.files.map(async ({ path }) => (await stat(join(folder, path))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(42 * megabyte);
  });

  it('brings the text of every licence that its notice names', async () => {
    const texts = await readdir(join(folder, 'LICENSES'));
    expect(texts).toEqual(expect.arrayContaining(['Apache-2.0.txt', 'WordNet-3.0.txt']));
    expect(starter.manifest.licence.length).toBeGreaterThan(0);
  });
});

describe('its tokenizer', () => {
  // From the Python package `tokenizers` 0.22.1, which reads the same tokenizer.json.
  it.each([
    ['', [101, 102]],
    ['A photo of a DOG', [101, 1037, 6302, 1997, 1037, 3899, 102]],
    ['Café crème', [101, 7668, 13675, 21382, 102]],
    ['富士山と桜', [101, 100, 1807, 1831, 1666, 100, 102]],
    ['🐶 dog', [101, 100, 3899, 102]],
  ])('gives the reference’s ids for ‘%s’', async (text, ids) => {
    const tokenize = await openTokenizer(starter);
    expect(tokenize([text]).ids).toEqual([ids]);
  });

  it('cuts a pasted page to what the model reads, and keeps its end', async () => {
    const tokenize = await openTokenizer(starter);
    const [row] = tokenize(['word '.repeat(3000)]).ids;
    expect(row).toHaveLength(starter.manifest.text.tokenizer.maxTokens);
    expect(row?.at(-1)).toBe(102);
  });
});
