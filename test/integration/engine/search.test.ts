// What people type and what they get, on twelve photographs. The model's weights are random, so the
// order of what merely looks alike means nothing here; names, copies and the photo itself do.
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineApi, Hit, SearchRequest } from '../../../src/shared/contract.ts';
import { copyPhotos, tinyModel, tinyPhotoNames } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { refusal } from '../../support/testEngine.ts';

const folder = temporaryFolder();
const photos = copyPhotos(join(folder, 'Holidays 2019'));
let engine: EngineApi;

beforeAll(async () => {
  mkdirSync(join(photos, 'red car'));
  copyFileSync(join(photos, 'flower.jpg'), join(photos, 'red car', 'copy of a flower.jpg'));
  renameSync(join(photos, 'retina.jpg'), join(photos, 'Über Köln.jpg'));
  engine = await openEngine({ dataFolder: join(folder, 'data'), modelFolder: tinyModel });
  await engine.call('index', { folders: [photos] });
});

afterAll(() => engine.close());

async function search(request: SearchRequest): Promise<readonly Hit[]> {
  return (await engine.call('search', { limit: 100, ...request })).hits;
}

async function names(words: string): Promise<string[]> {
  return (await search({ words })).map((hit) => basename(hit.path));
}

function namedHits(hits: readonly Hit[]): string[] {
  const named = hits.filter((hit) => hit.reasons.some((reason) => reason.kind === 'named'));
  return named.map((hit) => basename(hit.path));
}

describe('words', () => {
  it('give every photo, each once, with a reason and a similarity', async () => {
    const hits = await search({ words: 'a dog on grass' });
    expect(hits).toHaveLength(tinyPhotoNames.length + 1);
    expect(new Set(hits.map((hit) => hit.path)).size).toBe(hits.length);
    for (const hit of hits) {
      expect(hit.reasons[0]).toMatchObject({ kind: 'looks', like: 'a dog on grass' });
      expect(Math.abs(hit.score)).toBeLessThanOrEqual(1.0001);
      expect(hit.online).toBe(true);
    }
  });

  it('find what is called like them first, and say so', async () => {
    const [first] = await search({ words: 'astronaut' });
    expect(basename(first?.path ?? '')).toBe('astronaut.png');
    expect(first?.reasons).toContainEqual({ kind: 'named', words: 'astronaut', where: 'file' });
  });

  it('find names by their beginnings, whatever the case and the accents', async () => {
    expect(namedHits(await search({ words: 'HUBBLE dee' }))).toEqual(['hubble_deep_field.jpg']);
    expect(namedHits(await search({ words: 'koln' }))).toEqual(['Über Köln.jpg']);
    expect(namedHits(await search({ words: 'Ko\u0308ln' }))).toEqual(['Über Köln.jpg']);
  });

  it("find a folder's name as well, the root's own included", async () => {
    const hits = await search({ words: 'holidays' });
    expect(namedHits(hits)).toHaveLength(13);
    expect(hits[0]?.reasons).toContainEqual({ kind: 'named', words: 'holidays', where: 'folder' });
  });

  it('in quotes must stand in a name like that', async () => {
    expect(namedHits(await search({ words: '"red car"' }))).toEqual(['copy of a flower.jpg']);
    expect(namedHits(await search({ words: '"car red"' }))).toEqual([]);
    expect(namedHits(await search({ words: 'car red' }))).toEqual(['copy of a flower.jpg']);
  });

  it('after a minus leave out what is called like them', async () => {
    expect(await names('picture')).toContain('camera.png');
    expect(await names('picture -camera')).not.toContain('camera.png');
    expect(await names('picture -"red car"')).not.toContain('copy of a flower.jpg');
  });

  it('after a minus alone are an answer too', async () => {
    const found = await names('-camera');
    expect(found).not.toContain('camera.png');
    expect(found.length).toBeGreaterThan(5);
  });

  it('in parts weigh what they are told to', async () => {
    const scores = async (words: string) =>
      new Map((await search({ words })).map((hit) => [hit.path, hit.score]));
    const [a, b, mostlyA] = await Promise.all([
      scores('sea'),
      scores('sunset'),
      scores('sea^50, sunset'),
    ]);
    for (const [path, score] of mostlyA) {
      expect(score).toBeCloseTo(a.get(path) ?? Number.NaN, 1);
    }
    const swapped = await scores('sunset^50, sea');
    for (const [path, score] of swapped) expect(score).toBeCloseTo(b.get(path) ?? Number.NaN, 1);
  });
});

describe('an image', () => {
  it('finds itself and its copy before all others', async () => {
    const hits = await search({ image: join(photos, 'flower.jpg') });
    expect(
      hits
        .slice(0, 2)
        .map((hit) => basename(hit.path))
        .sort(),
    ).toEqual(['copy of a flower.jpg', 'flower.jpg']);
    expect(hits[0]?.score).toBeGreaterThan(0.999);
    expect(hits[2]?.score).toBeLessThan(0.999);
  });

  it('that is not in the library is looked for all the same, and does not enter it', async () => {
    const outside = copyPhotos(join(folder, 'outside'), ['rocket.jpg']);
    const [first] = await search({ image: join(outside, 'rocket.jpg') });
    expect(basename(first?.path ?? '')).toBe('rocket.jpg');
    expect((await engine.call('status', {})).eligible).toBe(13);
  });

  it('with words goes between both', async () => {
    const image = join(photos, 'china.jpg');
    const alone = await search({ image });
    const both = await search({ image, words: 'a tower' });
    expect(both).toHaveLength(13);
    expect(both[0]?.score).not.toBeCloseTo(alone[0]?.score ?? Number.NaN, 3);
  });

  it('that is missing, damaged or no image is refused by its name', async () => {
    const text = join(folder, 'notes.jpg');
    writeFileSync(text, 'shopping: milk, eggs');
    for (const image of [text, join(folder, 'nowhere.jpg'), folder]) {
      const error = await refusal(engine.call('search', { image }));
      expect(error.code).toBe('QUERY_IMAGE');
      expect(error.message).toContain(image);
    }
  });
});

describe('a photo of the library', () => {
  it('finds what is like it, itself left out', async () => {
    const [itself] = await search({ words: 'china' });
    const like = await search({ similarTo: itself?.photo ?? 0 });
    expect(like).toHaveLength(12);
    expect(like.map(({ photo }) => photo)).not.toContain(itself?.photo);
  });

  it('that is not indexed, or not there, is refused with what to do', async () => {
    writeFileSync(join(photos, 'broken.jpg'), 'no picture');
    await engine.call('index', { folders: [photos] });
    const [{ photo } = { photo: 0 }] = await engine.call('failures', {});
    const failed = await refusal(engine.call('search', { similarTo: photo }));
    expect(failed.code).toBe('PHOTO_NOT_INDEXED');
    expect(failed.message).toContain('broken.jpg');
    const gone = await refusal(engine.call('search', { similarTo: 4711 }));
    expect(gone.code).toBe('PHOTO_UNKNOWN');
    rmSync(join(photos, 'broken.jpg'));
    await engine.call('index', { folders: [photos] });
  });
});

describe('pages', () => {
  it.each([{ words: 'camera' }, { words: 'holidays' }, { image: join(photos, 'china.jpg') }])(
    'of %o agree with the whole',
    async (request) => {
      const all = await search(request);
      for (const limit of [1, 4, 13]) {
        const pages: string[] = [];
        for (let offset = 0; offset < all.length; offset += limit) {
          const page = await search({ ...request, limit, offset });
          pages.push(...page.map((hit) => hit.path));
        }
        expect(pages).toEqual(all.map((hit) => hit.path));
      }
    },
  );

  it('beyond the end are empty', async () => {
    expect(await search({ words: 'camera', offset: 13 })).toEqual([]);
    expect(await search({ words: 'camera', offset: 1_000_000 })).toEqual([]);
  });
});

describe('a least similarity', () => {
  it('leaves out what looks less like it', async () => {
    const all = await search({ words: 'qqq' });
    const middle = [...all].sort((a, b) => b.score - a.score)[6]?.score ?? 0;
    const some = await search({ words: 'qqq', minScore: middle });
    expect(some.length).toBeGreaterThanOrEqual(6);
    expect(some.length).toBeLessThan(all.length);
    expect(some.every((hit) => hit.score >= middle - 1e-6)).toBe(true);
    expect(await search({ words: 'qqq', minScore: 1 })).toEqual([]);
  });
});

describe('odd queries', () => {
  it.each(['', '   ', '""', ',,,', '-', '"', '!?', '- - -', '" "'])(
    '%j has nothing to look for, which is said',
    async (words) => {
      expect((await refusal(engine.call('search', { words }))).code).toBe('QUERY_EMPTY');
    },
  );

  it.each([
    'NEAR(a b)',
    'camera*',
    'file:camera',
    '{file} : camera',
    'a AND NOT b',
    'OR',
    "'; DROP TABLE photos; --",
    '"unbalanced quotes',
    'unbalanced" quotes',
    '-"unbalanced',
    '^5',
    'sea^',
    'sea^0',
    'sea^99999999999',
    'dog -dog',
    '(',
    'a\u0000b',
    '\ud800',
    '📷',
    '📷 camera 🐱',
    '照片',
    '$&',
    '%s %d',
    '\u202e',
    'word '.repeat(399),
    'x'.repeat(2000),
  ])('%j is answered and breaks nothing', async (words) => {
    const meant = /[\p{L}\p{N}\p{S}]/u.test(words.replace(/\^\d*|\ud800/gu, ''));
    const answer = await engine.call('search', { words }).catch((error: unknown) => error);
    if (meant) expect(answer).toMatchObject({ hits: expect.any(Array) });
    else if (!('hits' in Object(answer))) expect(answer).toMatchObject({ code: 'QUERY_EMPTY' });
    expect((await engine.call('status', {})).indexed).toBe(13);
  });

  it('of more than 2,000 characters, or with a limit of 0, are refused as arguments', async () => {
    const requests = [{ words: 'x'.repeat(2001) }, { words: 'x', limit: 0 }, {}];
    for (const request of requests) {
      expect((await refusal(engine.call('search', request))).code).toBe('ARGUMENT');
    }
  });
});
