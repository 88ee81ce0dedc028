// Thumbnails by content, originals by number: what they bring, and what no request can make them
// bring.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { byteRange } from '../../../src/shared/byteRange.ts';
import { imageType } from '../../../src/shared/imageTypes.ts';
import type { PhotoTile } from '../../../src/shared/library.ts';
import { repository } from '../../support/photos.ts';
import { cameraModel, rawFiles, takenAt } from '../../support/rawFiles.ts';
import { ask, servedLibrary } from './support.ts';

const library = servedLibrary();
let coffee: PhotoTile;

beforeAll(async () => {
  const image = join(library.photos, 'coffee.png');
  const { hits } = await library.engine.call('search', { image, limit: 1 });
  if (!hits[0]) throw new Error('Expected coffee to be found');
  coffee = hits[0].tile;
});

describe('a thumbnail', () => {
  it('comes once and is kept by the browser for good', async () => {
    const { status, headers, body } = await library.admitted(`/thumbnails/${coffee.sha256}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('image/jpeg');
    expect(headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(headers.etag).toBe(`"${coffee.sha256}"`);
    expect(body.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    const again = await library.admitted(`/thumbnails/${coffee.sha256}`, {
      'if-none-match': String(headers.etag),
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it.each([
    'f'.repeat(64),
    'A'.repeat(64),
    'a'.repeat(63),
    'a'.repeat(65),
    'a'.repeat(200),
    '',
    '..%2fcatalog.sqlite',
    '../catalog.sqlite',
    '../../data/catalog.sqlite',
    '%2e%2e%2f%2e%2e%2fphotos%2fcoffee.png',
    `${'a'.repeat(62)}/.`,
    `${'a'.repeat(64)}%00`,
    `${'a'.repeat(64)}%0a`,
  ])('there is none for “%s”', async (name) => {
    const { status, body } = await library.admitted(`/thumbnails/${name}`);
    expect([403, 404]).toContain(status);
    expect(body.toString()).not.toMatch(/SQLite|PNG|JFIF/);
  });
});

describe('an original', () => {
  const path = () => `/originals/${coffee.id}`;
  const file = () => readFileSync(join(library.photos, 'coffee.png'));

  it('is the file, under its own type and name', async () => {
    const { status, headers, body } = await library.admitted(path());
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('image/png');
    expect(headers['content-disposition']).toBe("inline; filename*=UTF-8''coffee.png");
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(body.equals(file())).toBe(true);
    const again = await library.admitted(path(), { 'if-none-match': String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    const head = await ask(library.server.port, path(), { cookie: library.cookie }, 'HEAD');
    expect(head.headers['content-length']).toBe(String(file().length));
  });

  it('comes in parts to who asks for parts', async () => {
    const size = file().length;
    const part = await library.admitted(path(), { range: 'bytes=1-3' });
    expect([part.status, part.body.toString()]).toEqual([206, 'PNG']);
    expect(part.headers['content-range']).toBe(`bytes 1-3/${size}`);
    const last = await library.admitted(path(), { range: 'bytes=-5' });
    expect(last.body.equals(file().subarray(-5))).toBe(true);
    const beyond = await library.admitted(path(), { range: `bytes=${size}-` });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${size}`]);
    const { etag = '' } = part.headers;
    const same = await library.admitted(path(), { range: 'bytes=0-0', 'if-range': etag });
    const other = await library.admitted(path(), { range: 'bytes=0-0', 'if-range': '"other"' });
    expect([same.status, other.status]).toEqual([206, 200]);
  });

  it('has another tag when the file has changed', async () => {
    const before = await library.admitted(path());
    utimesSync(join(library.photos, 'coffee.png'), new Date(), new Date(2001, 1, 1));
    const headers = { 'if-none-match': String(before.headers.etag) };
    expect((await library.admitted(path(), headers)).status).toBe(200);
  });

  it.each([
    '999999',
    '0',
    '-1',
    '1e3',
    '0x1',
    '1.0',
    '99999999999999999999',
    '',
    'coffee.png',
    '..',
    '../../etc/passwd',
    '%2e%2e%2fcoffee.png',
    '%2fetc%2fpasswd',
    '1%00',
    ' 1',
    '1/../2',
  ])('there is none for “%s”', async (id) => {
    const { status, body } = await library.admitted(`/originals/${id.replace(' ', '%20')}`);
    expect([403, 404]).toContain(status);
    expect(body.toString()).not.toMatch(/root:|PNG/);
  });

  it('that is away, or has become something else, is not there and not waited for', async () => {
    const original = join(library.photos, 'coffee.png');
    renameSync(original, `${original}.away`);
    expect((await library.admitted(path())).status).toBe(404);
    execFileSync('mkfifo', [original]);
    expect((await library.admitted(path())).status).toBe(404);
    rmSync(original);
    writeFileSync(original, '');
    expect(await library.admitted(path())).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    copyFileSync(`${original}.away`, original);
    expect((await library.admitted(path())).status).toBe(200);
  });
});

describe('the original of a RAW photo', () => {
  it('is shown as the picture in it, found like any other, and named as RAW', async () => {
    const jpeg = await sharp(join(library.photos, 'china.jpg'))
      .resize({ width: 900, height: 600, fit: 'cover' })
      .jpeg()
      .toBuffer();
    const content = rawFiles['arw']?.({ jpeg, width: 6000, height: 4000, orientation: 6 });
    const file = join(library.photos, 'temple.arw');
    writeFileSync(file, content ?? '');
    await library.engine.call('index', { folders: [library.photos] });
    const image = join(library.photos, 'temple.arw');
    const { hits } = await library.engine.call('search', { image, limit: 1 });
    expect(hits[0]).toMatchObject({ path: file, tile: { width: 4000, height: 6000 } });
    const id = hits[0]?.tile.id ?? 0;
    expect(await library.engine.call('photo', { photo: id })).toMatchObject({
      format: 'raw',
      cameraModel,
      takenAt,
    });

    const { status, headers, body } = await library.admitted(`/originals/${id}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('image/jpeg');
    expect(headers['content-length']).toBe(String(body.length));
    expect(await sharp(body).metadata()).toMatchObject({ width: 900, height: 600, orientation: 6 });
    const again = await library.admitted(`/originals/${id}`, {
      'if-none-match': String(headers.etag),
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);

    writeFileSync(file, content?.subarray(0, 999) ?? '');
    const cut = await library.admitted(`/originals/${id}`);
    expect(cut.headers['content-type']).toBe('application/octet-stream');
    rmSync(file);
  });
});

describe('the original of a photo that browsers cannot decode', () => {
  it.each(['cup.heic', 'cup.tif'])('is a JPEG made of it (%s)', async (name) => {
    const file = join(library.photos, name);
    if (name === 'cup.heic') copyFileSync(join(repository, 'test/fixtures/heic/coffee.heic'), file);
    else await sharp(join(library.photos, 'coffee.png')).tiff().toFile(file);
    await library.engine.call('index', { folders: [library.photos] });
    const { hits } = await library.engine.call('search', { words: name, limit: 9 });
    const tile = hits.find((hit) => hit.tile.name === name)?.tile;
    expect(tile).toMatchObject({ width: 600, height: 400 });

    const path = `/originals/${tile?.id}`;
    const { status, headers, body } = await library.admitted(path);
    expect([status, headers['content-type']]).toEqual([200, 'image/jpeg']);
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(await sharp(body).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 400 });
    const again = await library.admitted(path, { 'if-none-match': String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);

    writeFileSync(file, readFileSync(file).subarray(0, 999));
    const cut = await library.admitted(path);
    expect(cut.headers['content-type']).not.toBe('image/jpeg');
    expect(cut.body.length).toBe(999);
    rmSync(file);
  });
});

describe('the type of an original', () => {
  it.each([
    ['jpeg', 'a.png', 'image/jpeg'],
    [undefined, 'A.JPG', 'image/jpeg'],
    [undefined, 'a.tif', 'image/tiff'],
    ['raw', 'a.jpg', undefined],
    [undefined, 'a.svg', undefined],
    ['svg', 'a.png', undefined],
    [undefined, 'a.html', undefined],
    ['constructor', 'a.png', undefined],
    [undefined, 'png', undefined],
  ])('found as %s and named %s is %s', (format, name, type) => {
    expect(imageType(format, name)).toBe(type);
  });
});

describe('a range of ten bytes', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=3-', { start: 3, end: 9 }],
    ['bytes=3-100', { start: 3, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-100', { start: 0, end: 9 }],
    ['bytes=10-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=5-2', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,3-4', 'whole'],
    ['lines=1-2', 'whole'],
    [undefined, 'whole'],
  ])('%s', (header, expected) => {
    expect(byteRange(header, 10)).toEqual(expected);
  });
});
