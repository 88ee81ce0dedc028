// A search that a filter narrows while the index does not follow yet: it has photos in the north that the
// catalogue has seen move to the south. All parts are real.
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { nearPhotos } from '../../../src/engine/search/nearPhotos.ts';
import { openEmbeddedIndex } from '../../../src/engine/vectors/embeddedIndex.ts';
import type { NearestOptions, VectorIndex } from '../../../src/engine/vectors/vectorIndex.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const root = join(sep, 'photos');
const photos = 300;
/** Those that lie nearest. */
const moved = 200;
const east = Float32Array.of(1, 0);
let catalog: Catalog;
let index: VectorIndex;
const asked: number[] = [];

const nearest = (vector: Float32Array, options: NearestOptions) => {
  asked.push(options.limit);
  return index.nearest(vector, options);
};

beforeAll(async () => {
  const folder = temporaryFolder();
  catalog = Catalog.open(join(folder, 'data'));
  index = await openEmbeddedIndex(join(folder, 'index'), 2);
  const { id } = catalog.roots.add(root);
  const contents = catalog.transaction(() => {
    const north = catalog.roots.addFolder(id, join(root, 'north'));
    return Array.from({ length: photos }, (_, i) => {
      const file = { name: `photo ${i}`, bytes: i, mtimeMs: 0, inode: null };
      const photo = catalog.photos.add(north, file, 'north');
      const facts = { sha256: file.name, bytes: i, width: 1, height: 1, orientation: 1 };
      const content = catalog.contents.add({ ...facts, format: i % 2 === 0 ? 'png' : 'jpeg' });
      catalog.photos.setIndexed(photo, content);
      return { photo, content };
    });
  });
  const ids = contents.map(({ content }) => content);
  const angles = contents.map((_, i) => i / photos);
  const vectors = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
  const traits = catalog.traits.of(ids);
  await index.upsert(
    ids,
    vectors,
    ids.map((content) => traits.get(content)),
  );
  catalog.transaction(() => {
    const south = catalog.roots.addFolder(id, join(root, 'south'));
    for (const [i, { photo }] of contents.slice(0, moved).entries()) {
      catalog.photos.move(photo, south, `photo ${i}`, 'south');
    }
  });
});
afterAll(async () => {
  await catalog.reader.close();
  catalog.close();
  await index.close();
});

async function search(name: string, format?: string) {
  asked.length = 0;
  const filter = { folder: join(root, name), ...(format === undefined ? {} : { format }) };
  const near = await nearPhotos({ reader: catalog.reader, nearest }, east, {
    limit: 20,
    wanted: 20,
    filter,
  });
  return near.points.map(({ id }) => catalog.photos.byId(near.photosOf?.get(id)?.[0] ?? 0)?.name);
}

describe('a search narrowed to a folder', () => {
  it('goes on until enough are left of what the index finds', async () => {
    const names = await search('north');
    expect(names).toEqual(Array.from({ length: 20 }, (_, i) => `photo ${moved + i}`));
    expect(asked).toEqual([20, 80, 320]);
  });

  it('and to a kind asks the index for both', async () => {
    const names = await search('north', 'png');
    expect(names).toEqual(Array.from({ length: 20 }, (_, i) => `photo ${moved + 2 * i}`));
  });

  it('of nothing finds nothing', async () => {
    expect(await search('nowhere')).toEqual([]);
    expect(asked).toEqual([20]);
  });
});
