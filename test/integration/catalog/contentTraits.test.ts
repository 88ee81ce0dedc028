// What a search may be narrowed by, and which contents have changed in that. On a real SQLite file.
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import type { ContentFacts } from '../../../src/engine/catalog/contents.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const folder = temporaryFolder();
const root = '/photos';
const noon = new Date(2024, 4, 1, 12).getTime();
let number = 0;
let catalog: Catalog;
let spaceId: number;

beforeEach(() => {
  number += 1;
  catalog = Catalog.open(join(folder, `${number}`));
  spaceId = catalog.contents.space('tiny', 2).id;
});
afterEach(() => catalog.close());

function addPhoto(path: string, facts: Partial<ContentFacts> = {}) {
  const folderId = catalog.roots.addFolder(catalog.roots.add(root).id, `${root}/${path}`);
  const file = { name: 'a.jpg', bytes: 10, mtimeMs: noon, inode: null };
  const photo = catalog.photos.add(folderId, file, path);
  const content = catalog.contents.add({
    sha256: 'aa',
    bytes: 10,
    format: 'jpeg',
    width: 4,
    height: 3,
    orientation: 1,
    ...facts,
  });
  catalog.photos.setIndexed(photo, content);
  return { photo, content, folderId };
}

function embed(content: number): void {
  catalog.contents.addVector(spaceId, content, Float32Array.of(1, 0));
}

const changed = () => catalog.traits.changedAfter(0, 9).map(({ contentId }) => contentId);

describe('the traits of a content', () => {
  it('are its own and those of all photos that hold it', () => {
    const { content } = addPhoto('a', { cameraModel: 'One' });
    addPhoto('b');
    expect(catalog.traits.of([content, 99])).toEqual(
      new Map([
        [
          content,
          {
            camera: 'One',
            format: 'jpeg',
            dates: ['2024-05-01T12:00:00', '2024-05-01T12:00:00'],
            folders: [`${root}/a`, `${root}/b`],
          },
        ],
      ]),
    );
  });

  it('date it by the camera where that has said when', () => {
    const { content } = addPhoto('a', { takenAt: '2019-01-02T03:04:05+06:00' });
    expect(catalog.traits.of([content]).get(content)?.dates).toEqual(['2019-01-02T03:04:05']);
  });

  it('are none where no photo holds it', () => {
    const { photo, content } = addPhoto('a');
    catalog.photos.remove(photo);
    expect(catalog.traits.of([content])).toEqual(new Map());
  });
});

describe('contents whose traits have changed', () => {
  it('are none of those that have just come', () => {
    embed(addPhoto('a').content);
    expect(changed()).toEqual([]);
  });

  it('are those of moved photos, each once, in the order of their last move', () => {
    const [one, two] = [addPhoto('a'), addPhoto('b', { sha256: 'bb' })];
    embed(one.content);
    embed(two.content);
    catalog.photos.move(one.photo, two.folderId, 'b.jpg', 'b');
    catalog.photos.move(two.photo, one.folderId, 'b.jpg', 'a');
    catalog.photos.move(one.photo, one.folderId, 'c.jpg', 'a');
    expect(changed()).toEqual([two.content, one.content]);
  });

  it('are not those of renamed photos', () => {
    const { photo, content, folderId } = addPhoto('a');
    embed(content);
    catalog.photos.move(photo, folderId, 'b.jpg', 'a');
    expect(changed()).toEqual([]);
  });

  it('are those of which another photo is found', () => {
    const { content } = addPhoto('a');
    embed(content);
    addPhoto('b');
    expect(changed()).toEqual([content]);
  });

  it('are those that come back', () => {
    const { photo, content } = addPhoto('a');
    embed(content);
    catalog.photos.remove(photo);
    expect(changed()).toEqual([]);
    addPhoto('b');
    expect(changed()).toEqual([content]);
  });

  it('are those of which a photo is dated anew', () => {
    const { photo, content } = addPhoto('a');
    embed(content);
    const mtimeMs = noon + 86_400_000;
    catalog.photos.change(photo, { name: 'a.jpg', bytes: 10, mtimeMs, inode: null });
    expect(changed()).toEqual([]);
    catalog.photos.setIndexed(photo, content);
    expect(changed()).toEqual([content]);
  });

  it('go with the content', () => {
    const { photo, content } = addPhoto('a');
    embed(content);
    addPhoto('b');
    catalog.photos.remove(photo);
    catalog.contents.remove(addPhoto('c', { sha256: 'cc' }).content + 1);
    expect(changed()).toEqual([content]);
    for (const { id } of catalog.photos.inRoot(1, 9)) catalog.photos.remove(id);
    catalog.contents.remove(content);
    expect(changed()).toEqual([]);
  });

  it('are kept until the indexes of all models have followed', () => {
    const other = catalog.contents.space('other', 2).id;
    const { content } = addPhoto('a');
    embed(content);
    addPhoto('b');
    const [{ seq } = { seq: 0 }] = catalog.traits.changedAfter(0, 1);
    catalog.contents.setIndexState(spaceId, { seq: 1, traits: seq, clean: true });
    expect(changed()).toEqual([content]);
    expect(catalog.contents.space('tiny', 2).indexState).toEqual({
      seq: 1,
      traits: seq,
      clean: true,
    });
    catalog.contents.setIndexState(other, { seq: 0, traits: seq, clean: true });
    expect(changed()).toEqual([]);
  });
});
