// Searches that a filter narrows, in a library in which it is quicker to look the nearest of all up than
// to tell the index which points count. The catalogue and its reader are real; a scan of all vectors
// plays the index.
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { Reader } from '../../../src/engine/catalog/reader.ts';
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
const folderIds = new Map<string, number>();

const nearest = async (_vector: Float32Array, options: NearestOptions) => {
  asked.push(options);
  return [...(options.among ?? scores.keys())]
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
      folderIds.set(name, folderId);
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
  await catalog.closeReads();
  catalog.close();
});

interface Asked {
  readonly vector?: Float32Array;
  readonly format?: string;
  /** Photos of a filter that are listed whatever else: all, as a rule, of so small a library. */
  readonly listedAnyway?: number;
}

async function search(name: string, { format, vector = north, ...how }: Asked = {}) {
  asked.length = 0;
  const filter = { folder: join(root, name), ...(format === undefined ? {} : { format }) };
  const { reader, filteredContents } = catalog;
  const near = await nearPhotos({ reader, filteredContents, nearest, ...how }, vector, {
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

  it('of many photos tells the index which they are', async () => {
    expect((await search('north')).slice(0, 2)).toEqual([
      `north ${perFolder - 1}`,
      `north ${perFolder - 2}`,
    ]);
    expect(asked.map(({ among }) => among?.length)).toEqual([perFolder]);
  });

  it('of very many photos takes them from the nearest of all', async () => {
    const names = await search('north', { format: 'png', listedAnyway: 0 });
    expect(names).toHaveLength(20);
    expect(names.slice(0, 2)).toEqual([`north ${perFolder - 2}`, `north ${perFolder - 4}`]);
    // As half of all are in the folder, and 20 are wanted.
    expect(asked.map(({ among, limit }) => [among, limit])).toEqual([[undefined, 53]]);
  });

  it('finds them where none of many is among the nearest of all', async () => {
    const names = await search('south', { listedAnyway: 0 });
    expect(names.slice(0, 2)).toEqual(['south 0', 'south 1']);
    expect(asked.map(({ among }) => among?.length)).toEqual([undefined, undefined, perFolder]);
  });

  it('leaves out copies that lie elsewhere, of what it lists', async () => {
    const content = catalog.photos.byId(1)?.contentId ?? 0;
    const file = { name: 'a copy', bytes: 0, mtimeMs: 0, inode: null };
    const copy = catalog.photos.add(folderIds.get('few') ?? 0, file, 'few');
    catalog.photos.setIndexed(copy, content);
    const { reader, filteredContents } = catalog;
    const filter = { folder: join(root, 'few'), format: 'png' };
    const options = { limit: 30, wanted: 30, filter };
    const near = await nearPhotos({ reader, filteredContents, nearest }, north, options);
    expect(near.photosOf?.get(content)).toEqual([copy]);
    catalog.photos.remove(copy);
  });

  it('lists the photos of a filter once, and again when something was written', async () => {
    await search('few');
    const [first] = asked;
    await search('few');
    expect(asked[0]?.among).toBe(first?.among);

    const [kept] = first?.among ?? [];
    const photo = catalog.photos.ofContents([kept ?? 0]).get(kept ?? 0)?.[0] ?? 0;
    catalog.photos.remove(photo);
    expect(await search('few')).not.toContain('few 0');
    expect(asked[0]?.among).toHaveLength(49);
  });

  it('of very many photos finds them listed, after some searches, for others than those', async () => {
    const often = { format: 'jpeg', listedAnyway: 0 };
    const found = await search('north', often);
    await catalog.filteredContents.settled();
    expect(await search('north', often)).toEqual(found);
    expect(asked.map(({ among }) => among)).toEqual([undefined]);
    await catalog.filteredContents.settled();

    expect(await search('north', often)).toEqual(found);
    expect(asked.map(({ among }) => among)).toEqual([undefined]);
    const other = await search('north', { ...often, vector: Float32Array.of(0, 2) });
    expect(asked.map(({ among }) => among?.length)).toEqual([perFolder / 2]);
    expect(other).toEqual(found);
  });

  it('takes no list for current that was made before the reader began anew', async () => {
    const version = await catalog.reader.read('version');
    expect(await catalog.reader.read('version')).toBe(version);
    const other = new Reader(join(folder, 'catalog.sqlite'));
    expect(await other.read('version')).not.toBe(version);
    await other.close();
  });

  it('of nothing finds nothing', async () => {
    expect(await search('nowhere')).toEqual([]);
    expect(asked).toEqual([]);
  });
});
