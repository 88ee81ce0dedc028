// Searches that a filter narrows, in a library in which it is quicker to look the nearest of all up than
// to tell the index which points count. The catalogue and its reader are real; a scan of all vectors
// plays the index.
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { nearPhotos } from '../../../src/engine/search/nearPhotos.ts';
import type { NearestOptions } from '../../../src/engine/vectors/vectorIndex.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const folder = temporaryFolder();
const root = join(sep, 'photos');
const perFolder = 10_200;
const north = Float32Array.of(1, 0);
let catalog: Catalog;
/** Content → how far north. The folder 'south' has all that are below 0. */
const scores = new Map<number, number>();
const asked: NearestOptions[] = [];

const nearest = async (_vector: Float32Array, options: NearestOptions) => {
  asked.push(options);
  const ids = options.among ?? [...scores.keys()];
  return ids
    .map((id) => ({ id, score: scores.get(id) ?? Number.NaN }))
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit);
};

beforeAll(() => {
  catalog = Catalog.open(folder);
  const { id } = catalog.roots.add(root);
  catalog.transaction(() => {
    for (const [name, sign] of [
      ['north', 1],
      ['south', -1],
      ['few', 1],
    ] as const) {
      const folderId = catalog.roots.addFolder(id, join(root, name));
      const count = name === 'few' ? 50 : perFolder;
      for (let i = 0; i < count; i++) {
        const sha256 = `${name} ${i}`;
        const photo = catalog.photos.add(
          folderId,
          { name: sha256, bytes: i, mtimeMs: 0, inode: null },
          name,
        );
        const facts = { sha256, bytes: i, width: 1, height: 1, orientation: 1 };
        const format = i % 2 === 0 ? 'png' : 'jpeg';
        const content = catalog.contents.add({ ...facts, format });
        catalog.photos.setIndexed(photo, content);
        scores.set(content, (sign * (i + 1)) / (perFolder + 1));
      }
    }
  });
});
afterAll(async () => {
  await catalog.reader.close();
  catalog.close();
});

async function search(name: string, format?: string) {
  asked.length = 0;
  const filter = { folder: join(root, name), ...(format === undefined ? {} : { format }) };
  const near = await nearPhotos({ reader: catalog.reader, nearest }, north, {
    limit: 20,
    wanted: 20,
    filter,
  });
  return near.points.map(({ id }) => catalog.photos.byId(near.photosOf?.get(id)?.[0] ?? 0)?.name);
}

describe('a search narrowed to a folder', () => {
  it('of few photos tells the index which they are', async () => {
    expect((await search('few')).slice(0, 2)).toEqual(['few 49', 'few 48']);
    expect(asked.map(({ among }) => among?.length)).toEqual([50]);
  });

  it('of many photos takes them from the nearest of all', async () => {
    const names = await search('north', 'png');
    expect(names).toHaveLength(20);
    expect(names.slice(0, 2)).toEqual([`north ${perFolder - 2}`, `north ${perFolder - 4}`]);
    // As half of all are in the folder, and 20 are wanted.
    expect(asked.map(({ among, limit }) => [among, limit])).toEqual([[undefined, 53]]);
  });

  it('finds them where none of many is among the nearest of all', async () => {
    expect((await search('south')).slice(0, 2)).toEqual(['south 0', 'south 1']);
    expect(asked.map(({ among }) => among?.length)).toEqual([undefined, undefined, perFolder]);
  });

  it('of nothing finds nothing', async () => {
    expect(await search('nowhere')).toEqual([]);
    expect(asked).toEqual([]);
  });
});
