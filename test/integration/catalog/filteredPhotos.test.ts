// Filters and counts agree with what the photos themselves say, whatever has happened to them.
import { join, sep } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { Database } from '../../../src/engine/catalog/database.ts';
import { FilteredPhotos } from '../../../src/engine/catalog/filteredPhotos.ts';
import type { PhotoFilter } from '../../../src/shared/library.ts';
import { makeOlder } from '../../support/olderCatalog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const folder = temporaryFolder();
const root = join(sep, 'photos');
let number = 0;
let dataFolder: string;
let catalog: Catalog;

interface Plain {
  readonly id: number;
  readonly folder: string;
  readonly date: string;
  readonly camera: string;
  readonly format: string;
}

beforeEach(() => {
  dataFolder = join(folder, String(++number));
  catalog = Catalog.open(dataFolder);
  return async () => {
    await catalog.reader.close();
    catalog.close();
  };
});

/** Folders whose paths begin alike, months on both sides of a year, three cameras, two kinds. */
function fill(count: number): Plain[] {
  const { id: rootId } = catalog.roots.add(root);
  const folders = ['a', 'ab', join('a', 'b'), 'c'].map((name) => join(root, name));
  return Array.from({ length: count }, (_, i) => {
    const path = folders[i % folders.length] ?? root;
    const month = String(((i * 7) % 12) + 1).padStart(2, '0');
    const date = `${2010 + (i % 5)}-${month}-1${i % 10}T12:00:00`;
    const camera = `Camera ${i % 3}`;
    const format = i % 4 === 0 ? 'png' : 'jpeg';
    const file = { name: `${i}.jpg`, bytes: i, mtimeMs: 0, inode: null };
    const id = catalog.photos.add(catalog.roots.addFolder(rootId, path), file, 'photos');
    const facts = { sha256: `${i}`, bytes: i, width: 1, height: 1, orientation: 1 };
    const content = { ...facts, format, takenAt: date, cameraModel: camera };
    catalog.photos.setIndexed(id, catalog.contents.add(content));
    return { id, folder: path, date, camera, format };
  });
}

function isLeft(photo: Plain, { folder: within, from, to, camera, format }: PhotoFilter): boolean {
  return (
    (within === undefined || photo.folder === within || photo.folder.startsWith(within + sep)) &&
    (from === undefined || photo.date >= from) &&
    (to === undefined || photo.date.slice(0, to.length) <= to) &&
    (camera === undefined || photo.camera === camera) &&
    (format === undefined || photo.format === format)
  );
}

const parts: readonly PhotoFilter[] = [
  { folder: join(root, 'a') },
  { folder: join(root, 'a', 'b') },
  { from: '2012' },
  { to: '2012-06' },
  { from: '2011-03', to: '2013-03-15' },
  { camera: 'Camera 1' },
  { format: 'png' },
];
const filters = parts.flatMap((one) => [one, ...parts.map((other) => ({ ...one, ...other }))]);

describe('a filter', () => {
  it('leaves the photos that all its parts hold for', async () => {
    const photos = fill(240);
    const database = new Database(join(dataFolder, 'catalog.sqlite'), { readOnly: true });
    const filtered = new FilteredPhotos(database);
    for (const filter of filters) {
      const left = photos.filter((photo) => isLeft(photo, filter));
      const ids = left.map(({ id }) => id);
      const what = JSON.stringify(filter);
      expect(
        filtered.photos(filter).sort((a, b) => a - b),
        what,
      ).toEqual(ids);
      expect(filtered.contents(filter), what).toHaveLength(ids.length);
      expect(filtered.atMost(filter), what).toBeGreaterThanOrEqual(ids.length);
      const some = photos.slice(20, 90).map(({ id }) => id);
      expect(new Set(filtered.passing(filter, some)), what).toEqual(
        new Set(some.filter((id) => ids.includes(id))),
      );
      const months = catalog.library.timeline(filter);
      expect(months.photos, what).toBe(ids.length);
      const tiles = months.months.flatMap(({ month }) => catalog.library.photosOf(month, filter));
      expect(new Set(tiles.map(({ id }) => id)), what).toEqual(new Set(ids));
    }
    database.close();
  });
});

/** As they are kept, and as they are counted anew. */
function counts() {
  const { library, photos, roots } = catalog;
  const kept = {
    states: photos.counts(),
    roots: roots.counted().map((each) => each.photos),
    months: library.timeline().months,
    facets: library.facets(),
    folders: library.folders().map((each) => [each.path, each.photos]),
  };
  const all = library.timeline({ from: '0000' });
  const anew = {
    months: all.months,
    cameras: kept.facets.cameras.map(({ value }) => [
      value,
      library.timeline({ camera: value }).photos,
    ]),
    formats: kept.facets.formats.map(({ value }) => [
      value,
      library.timeline({ format: value }).photos,
    ]),
    photos: all.photos,
  };
  return { kept, anew };
}

function expectAgreement(): void {
  const { kept, anew } = counts();
  expect(kept.months).toEqual(anew.months);
  expect(kept.facets.cameras.map(({ value, photos }) => [value, photos])).toEqual(anew.cameras);
  expect(kept.facets.formats.map(({ value, photos }) => [value, photos])).toEqual(anew.formats);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  expect(sum(Object.values(kept.states))).toBe(anew.photos);
  expect(sum(kept.roots)).toBe(anew.photos);
  expect(sum(kept.folders.map(([, photos]) => Number(photos)))).toBe(anew.photos);
}

describe('counts', () => {
  it('follow photos that come, change, move, fail and go', () => {
    const photos = fill(60);
    expectAgreement();
    const [first, second, third, fourth] = photos.map(({ id }) => id);
    catalog.photos.remove(first ?? 0);
    catalog.photos.setState(second ?? 0, 'failed');
    catalog.photos.change(third ?? 0, { name: '2.jpg', bytes: 9, mtimeMs: 9e11, inode: null });
    const c = catalog.roots.folderId(join(root, 'c')) ?? 0;
    catalog.photos.move(fourth ?? 0, c, 'moved.jpg', 'photos');
    expectAgreement();
    expect(catalog.photos.counts()).toEqual({ pending: 1, indexed: 57, failed: 1, skipped: 0 });
    catalog.roots.removeFolder(c);
    expectAgreement();
    expect(catalog.library.folders().map(({ path }) => path)).not.toContain(join(root, 'c'));
    catalog.roots.remove(catalog.roots.named(root).id);
    expectAgreement();
    expect(catalog.library.facets()).toEqual({ cameras: [], formats: [], years: [] });
  });

  it('are there for a library that was made before they were kept', async () => {
    fill(60);
    const before = counts().kept;
    await catalog.reader.close();
    catalog.close();
    makeOlder(join(dataFolder, 'catalog.sqlite'), 1);
    catalog = Catalog.open(dataFolder);
    expect(counts().kept).toEqual(before);
  });
});
