// Pages of a long answer: together they are the whole, each photo once, also where names and looks
// are merged from lists that are longer than a page.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drawPhotos } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { index, openTestEngine } from '../../support/testEngine.ts';

const folder = temporaryFolder();

it('pages of a search in hundreds of photos agree with the whole', async () => {
  const photos = drawPhotos(join(folder, 'album'), 250);
  const engine = await openTestEngine({ dataFolder: join(folder, 'data') });
  await index(engine, photos);
  for (const words of ['drawn', 'drawn 1', 'album', 'sea']) {
    const whole = await engine.call('search', { words, limit: 250 });
    const pages: string[] = [];
    for (let offset = 0; offset < 250; offset += 30) {
      const page = await engine.call('search', { words, limit: 30, offset });
      pages.push(...page.hits.map((hit) => hit.path));
    }
    expect(new Set(pages).size, words).toBe(250);
    expect(pages, words).toEqual(whole.hits.map((hit) => hit.path));
  }
});

it('a name that matches is told as such, however many others match', async () => {
  const photos = drawPhotos(join(folder, 'many'), 150, 1000);
  const engine = await openTestEngine({ dataFolder: join(folder, 'data-2') });
  await index(engine, photos);
  const { hits } = await engine.call('search', { words: 'drawn', limit: 150 });
  for (const hit of hits) {
    expect(hit.reasons).toContainEqual({ kind: 'named', words: 'drawn', where: 'file' });
  }
});
