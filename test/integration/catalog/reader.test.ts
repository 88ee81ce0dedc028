// Reads in their thread, beside the connection that writes: a real catalogue, a real thread.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { mostTiles, type PhotoTile } from '../../../src/shared/library.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

let catalog: Catalog;

beforeEach(() => {
  catalog = Catalog.open(temporaryFolder());
});

afterEach(async () => {
  await catalog.reader.close();
  catalog.close();
});

/** Photos of one day, three to a second. */
function addPhotos(count: number): void {
  const root = catalog.roots.add('/photos');
  catalog.transaction(() => {
    const folderId = catalog.roots.addFolder(root.id, '/photos/May');
    const noon = new Date('2024-05-03T12:00:00').getTime();
    for (let i = 0; i < count; i++) {
      const mtimeMs = noon + Math.floor(i / 3) * 1000;
      catalog.photos.add(folderId, { name: `${i}.jpg`, bytes: 1, mtimeMs, inode: null }, 'May');
    }
  });
}

it('a read sees what was committed before it was asked for', async () => {
  expect(await catalog.reader.read('timeline')).toEqual({ photos: 0, months: [] });
  const root = catalog.roots.add('/photos');
  const folderId = catalog.roots.addFolder(root.id, '/photos');
  for (const photos of [1, 2, 3]) {
    const file = { name: `${photos}.jpg`, bytes: 1, mtimeMs: 1.5, inode: null };
    catalog.transaction(() => catalog.photos.add(folderId, file, 'photos'));
    expect(await catalog.reader.read('timeline')).toMatchObject({ photos });
  }
});

it('nothing of a transaction that came to nothing is read', async () => {
  addPhotos(1);
  expect(() =>
    catalog.transaction(() => {
      catalog.photos.setState(1, 'skipped');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(await catalog.reader.read('counts')).toMatchObject({ pending: 1, skipped: 0 });
});

it('a large month comes in parts, each photo once and all in their order', async () => {
  const count = 2 * mostTiles + 7;
  addPhotos(count);
  const tiles: PhotoTile[] = [];
  const sizes: number[] = [];
  for (;;) {
    const part = await catalog.reader.read('photosOf', '2024-05', undefined, tiles.at(-1));
    sizes.push(part.length);
    tiles.push(...part);
    if (part.length < mostTiles) break;
  }
  expect(sizes).toEqual([mostTiles, mostTiles, 7]);
  // Newest first; of those of one second, the one that came last.
  expect(tiles.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, i) => count - i));
});

it('an error is told as the catalogue tells it, and the next read is answered', async () => {
  const { reader } = catalog;
  // The read is refused by SQLite: the number of a photo is no number.
  await expect(reader.read('pathsAfter', {} as number, 1)).rejects.toMatchObject({
    code: 'INTERNAL',
  });
  expect(await reader.read('folders')).toEqual([]);
});

it('reads that are under way come to their end when it is closed, later ones are refused', async () => {
  addPhotos(5000);
  const underWay = catalog.reader.read('timeline');
  await catalog.reader.close();
  expect(await underWay).toMatchObject({ photos: 5000 });
  await expect(catalog.reader.read('timeline')).rejects.toMatchObject({ code: 'INTERNAL' });
});
