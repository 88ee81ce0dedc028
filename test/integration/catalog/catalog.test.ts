// The catalogue on a real SQLite file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import type { ContentFacts } from '../../../src/engine/catalog/contents.ts';
import { Database } from '../../../src/engine/catalog/database.ts';
import { mostRanked } from '../../../src/engine/catalog/names.ts';
import { makeOlder } from '../../support/olderCatalog.ts';

let folder: string;
let catalog: Catalog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocelli-catalog-'));
  catalog = Catalog.open(folder);
});

afterEach(() => {
  catalog.close();
  rmSync(folder, { recursive: true, force: true });
});

const content = (sha256: string): ContentFacts => ({
  sha256,
  bytes: 10,
  format: 'jpeg',
  width: 4,
  height: 3,
  orientation: 1,
});

function addPhoto(path: { root: string; folder: string; name: string }, inode = 1): number {
  const folderId = addFolder(path.root, path.folder);
  const file = { name: path.name, bytes: 10, mtimeMs: 1.5, inode };
  return catalog.photos.add(folderId, file, path.folder.replaceAll('/', ' '));
}

function addFolder(root: string, folder: string): number {
  return catalog.roots.addFolder(catalog.roots.add(root).id, folder);
}

describe('roots', () => {
  it('a folder inside a known root belongs to it', () => {
    const root = catalog.roots.add('/photos');
    expect(catalog.roots.add('/photos/2024').id).toBe(root.id);
    expect(catalog.roots.add('/photos-of-others').id).not.toBe(root.id);
  });

  it('a new root takes over the roots below it, with their photos', () => {
    addPhoto({ root: '/photos/2024', folder: '/photos/2024/may', name: 'a.jpg' });
    catalog.roots.add('/photos');
    expect(catalog.roots.counted()).toMatchObject([{ path: '/photos', photos: 1 }]);
  });

  it('the root of the file system holds everything', () => {
    const root = catalog.roots.add('/');
    expect(catalog.roots.add('/photos').id).toBe(root.id);
  });
});

describe('photos', () => {
  it('wait as pending, in the order in which they came, root by root', () => {
    addPhoto({ root: '/a', folder: '/a', name: '1.jpg' });
    addPhoto({ root: '/b', folder: '/b', name: '2.jpg' });
    addPhoto({ root: '/a', folder: '/a/x', name: '3.jpg' });
    const [a] = catalog.roots.all();
    const paths = catalog.photos.pending([a?.id ?? 0], 10).map((photo) => photo.path);
    expect(paths).toEqual(['/a/1.jpg', '/a/x/3.jpg']);
  });

  it('are found again by inode, size and time under another path of their root', () => {
    const id = addPhoto({ root: '/a', folder: '/a', name: '1.jpg' }, 77);
    const same = { name: 'new.jpg', bytes: 10, mtimeMs: 1.5, inode: 77 };
    addPhoto({ root: '/b', folder: '/b', name: '1.jpg' }, 77);
    const [a] = catalog.roots.all();
    const rootId = a?.id ?? 0;
    expect(catalog.photos.withSameFile(rootId, same)).toEqual([{ id, path: '/a/1.jpg' }]);
    expect(catalog.photos.withSameFile(rootId, { ...same, mtimeMs: 2 })).toEqual([]);
  });

  it('count by state', () => {
    const first = addPhoto({ root: '/a', folder: '/a', name: '1.jpg' });
    addPhoto({ root: '/a', folder: '/a', name: '2.jpg' });
    catalog.photos.setState(first, 'skipped');
    expect(catalog.photos.counts()).toEqual({ pending: 1, indexed: 0, failed: 0, skipped: 1 });
  });
});

describe('contents', () => {
  it('keep one row and one embedding however many files hold them', () => {
    const space = catalog.contents.space('tiny', 2);
    const id = catalog.contents.add(content('aa'));
    catalog.contents.addVector(space.id, id, Float32Array.of(0.6, 0.8));
    expect(catalog.contents.add(content('aa'))).toBe(id);
    expect(catalog.contents.embeddedOfSize(space.id, 10, 1)).toEqual(['aa']);
    expect(catalog.contents.vector(space.id, id)).toEqual(Float32Array.of(0.6, 0.8));
  });

  it('are named by size where few share it, and asked for one by one where many do', () => {
    const space = catalog.contents.space('tiny', 2);
    const other = catalog.contents.space('other', 2);
    catalog.contents.addVector(
      space.id,
      catalog.contents.add(content('aa')),
      Float32Array.of(1, 0),
    );
    catalog.contents.add(content('bb'));
    expect(catalog.contents.embeddedOfSize(space.id, 10, 2)).toEqual(['aa']);
    expect(catalog.contents.embeddedOfSize(other.id, 10, 2)).toEqual([]);
    expect(catalog.contents.embeddedOfSize(space.id, 10, 1)).toBe('many');
    expect(catalog.contents.isEmbedded(space.id, 'aa')).toBe(true);
    expect(catalog.contents.isEmbedded(space.id, 'bb')).toBe(false);
    expect(catalog.contents.isEmbedded(other.id, 'aa')).toBe(false);
  });

  it('belong to the index only while a photo holds them', () => {
    const space = catalog.contents.space('tiny', 2);
    const id = catalog.contents.add(content('aa'));
    catalog.contents.addVector(space.id, id, Float32Array.of(1, 0));
    expect(catalog.contents.liveIds(space.id, 0, 9)).toEqual([]);
    catalog.photos.setIndexed(addPhoto({ root: '/a', folder: '/a', name: '1.jpg' }), id);
    expect(catalog.contents.liveIds(space.id, 0, 9)).toEqual([id]);
    expect(catalog.contents.vectorsAfter(space.id, 0, 9)).toHaveLength(1);
  });

  it('never get an id that was in use before', () => {
    const id = catalog.contents.add(content('aa'));
    expect(catalog.contents.remove(id)).toBe('aa');
    expect(catalog.contents.add(content('bb'))).toBeGreaterThan(id);
  });
});

describe('names', () => {
  const match = (...terms: string[]) =>
    catalog.names
      .match(terms, { limit: 10, near: new Set(), passing: undefined })
      .map(({ photoId, where }) => [photoId, where]);

  it('are found by file before folder, whatever the case and the accents', () => {
    const inFolder = addPhoto({ root: '/p', folder: '/p/Über den Wolken', name: 'IMG_1.jpg' });
    const inFile = addPhoto({ root: '/p', folder: '/p', name: 'wolken_über.jpg' }, 2);
    expect(match('UBER', 'wolken')).toEqual([
      [inFile, 'file'],
      [inFolder, 'folder'],
    ]);
  });

  it('that thousands share tell those that also look right, and the first of the others', () => {
    const root = catalog.roots.add('/m');
    const folderId = catalog.roots.addFolder(root.id, '/m');
    const ids = catalog.transaction(() => {
      const file = (name: string) => ({ name, bytes: 1, mtimeMs: 1, inode: null });
      return Array.from({ length: mostRanked + 10 }, (_, i) =>
        catalog.photos.add(folderId, file(i % 2 ? `IMG ${i}.jpg` : `${i}.jpg`), 'img'),
      );
    });
    const [near = 0, alsoNear = 0] = ids.slice(-2);
    const found = catalog.names.match(['img'], {
      limit: 3,
      near: new Set([near, alsoNear]),
      passing: undefined,
    });
    expect(found.map(({ photoId, where, rank }) => [photoId, where, rank])).toEqual([
      [ids[1], 'file', 0],
      [ids[3], 'file', 0],
      [ids[5], 'file', 0],
      [alsoNear, 'file', 0],
      [near, 'folder', 1],
    ]);
    const among = new Set(ids.slice(-4));
    const narrowed = catalog.names.match(['img'], {
      limit: 10,
      near: new Set(),
      passing: () => among,
    });
    expect(narrowed).toHaveLength(4);
    expect(catalog.names.matching(['img'])).toEqual(ids);
  });

  it('need every term, and a phrase as it stands', () => {
    addPhoto({ root: '/p', folder: '/p', name: 'red old car.jpg' });
    expect(match('red', 'boat')).toEqual([]);
    expect(match('red car')).toEqual([]);
    expect(match('old car')).toHaveLength(1);
  });

  it('do not take operators of the search engine for such', () => {
    addPhoto({ root: '/p', folder: '/p', name: 'a NEAR b.jpg' });
    for (const odd of ['NEAR(', '*', 'file:', '"', '""', 'a"b', 'OR', '^a', '{file}']) {
      expect(Array.isArray(match(odd))).toBe(true);
    }
  });

  it('are cleared as one, when no photo is left', () => {
    const id = addPhoto({ root: '/p', folder: '/p', name: 'lake.jpg' });
    catalog.photos.remove(id);
    catalog.names.clear();
    expect(nameSegments()).toBe(0);
    addPhoto({ root: '/p', folder: '/p', name: 'hill.jpg' });
    expect(catalog.names.matching(['hill'])).toHaveLength(1);
  });

  it('follow a photo that moves, and go with one that is removed', () => {
    const id = addPhoto({ root: '/p', folder: '/p', name: 'lake.jpg' });
    const folderId = catalog.roots.folderId('/p') ?? 0;
    catalog.photos.move(id, folderId, 'mountain.jpg', 'p');
    expect([match('lake'), match('mountain')]).toEqual([[], [[id, 'file']]]);
    catalog.photos.remove(id);
    expect(match('mountain')).toEqual([]);
  });
});

describe('a transaction', () => {
  const file = (name: string) => ({ name, bytes: 10, mtimeMs: 1.5, inode: null });

  it('that throws is undone, whole', () => {
    const folderId = addFolder('/p', '/p');
    const fails = () =>
      catalog.transaction(() => {
        catalog.contents.add(content('aa'));
        catalog.photos.add(folderId, file('lake.jpg'), 'p');
        throw new Error('no');
      });
    expect(fails).toThrow('no');
    expect(catalog.contents.idOf('aa')).toBeUndefined();
    // Nor is the name of that photo given to the next one.
    catalog.transaction(() => catalog.photos.add(folderId, file('hill.jpg'), 'p'));
    expect(catalog.names.matching(['lake'])).toEqual([]);
    expect(catalog.names.matching(['hill'])).toHaveLength(1);
  });

  it('writes the names of all its photos at once', () => {
    const folderId = addFolder('/p', '/p');
    const written = (count: number) => {
      const before = nameSegments();
      catalog.transaction(() => {
        for (let i = 0; i < count; i++) {
          catalog.photos.add(folderId, file(`${count} ${i}.jpg`), 'p');
        }
      });
      return nameSegments() - before;
    };
    expect([written(1), written(2), written(20)]).toEqual([1, 1, 1]);
  });
});

it.each([
  [2, 'a.cr2'],
  [3, 'a.heic'],
])(
  'what version %d skipped as a kind it did not know waits again (%s), and nothing else',
  async (version, name) => {
    const skipped = (name: string, code: 'FORMAT_UNSUPPORTED' | 'IGNORED') => {
      const id = addPhoto({ root: '/p', folder: '/p', name });
      catalog.photos.setState(id, 'skipped');
      catalog.failures.record(id, 'decode', { code, message: 'It was.' }, 0);
      return id;
    };
    const unknown = skipped(name, 'FORMAT_UNSUPPORTED');
    const ignored = skipped('b.jpg', 'IGNORED');
    catalog.close();
    makeOlder(join(folder, 'catalog.sqlite'), version);
    catalog = Catalog.open(folder);
    expect([unknown, ignored].map((id) => catalog.photos.stateOf(id))).toEqual([
      'pending',
      'skipped',
    ]);
    expect(catalog.photos.counts()).toMatchObject({ pending: 1, skipped: 1 });
  },
);

/** Each time that FTS5 writes out names, they are a segment of their own until some are merged. */
function nameSegments(): number {
  const database = new Database(join(folder, 'catalog.sqlite'), { readOnly: true });
  const segments = database
    .prepare<[], { count: number }>('SELECT count(DISTINCT segid) AS count FROM photo_names_idx')
    .get();
  database.close();
  return segments?.count ?? 0;
}
