// The small rules of the search page: arrows, folders, spans of time, recent queries, reasons.
import { describe, expect, it } from 'vitest';
import { folderChoices } from '../../../src/renderer/features/search/folderChoices.ts';
import { gridNeighbour } from '../../../src/renderer/features/search/gridNeighbour.ts';
import { formatSpan } from '../../../src/renderer/features/search/periods.ts';
import {
  readRecentQueries,
  withRecentQuery,
} from '../../../src/renderer/features/search/recentQueries.ts';
import { reuseHits } from '../../../src/renderer/features/search/reuseHits.ts';
import { restMs } from '../../../src/renderer/features/search/typingPace.ts';
import { formatScore, whyFound } from '../../../src/renderer/features/search/why.ts';
import type { Hit } from '../../../src/shared/contract.ts';

describe('arrow keys among photos', () => {
  // Two in the first row, three in the second.
  const boxes = [
    { left: 0, top: 0, width: 200 },
    { left: 208, top: 0.5, width: 300 },
    { left: 0, top: 190, width: 160 },
    { left: 168, top: 190, width: 160 },
    { left: 336, top: 190, width: 160 },
  ];

  it('go down and up to what lies nearest', () => {
    expect(gridNeighbour(boxes, 1, 'ArrowDown')).toBe(4);
    expect(gridNeighbour(boxes, 0, 'ArrowDown')).toBe(2);
    expect(gridNeighbour(boxes, 3, 'ArrowUp')).toBe(1);
    expect(gridNeighbour(boxes, 2, 'ArrowUp')).toBe(0);
  });

  it('go on in the next row, and end at the ends', () => {
    expect(gridNeighbour(boxes, 1, 'ArrowRight')).toBe(2);
    expect(gridNeighbour(boxes, 0, 'ArrowLeft')).toBeUndefined();
    expect(gridNeighbour(boxes, 4, 'ArrowDown')).toBeUndefined();
    expect(gridNeighbour(boxes, 2, 'End')).toBe(4);
  });

  it('leave the first row upwards', () => {
    expect(gridNeighbour(boxes, 1, 'ArrowUp')).toBe('above');
  });

  it('leave other keys alone', () => {
    expect(gridNeighbour(boxes, 1, 'x')).toBeUndefined();
  });
});

describe('folders to choose from', () => {
  it('count what lies below them, and stand with it', () => {
    const root = '/photos';
    const choices = folderChoices([
      { path: '/photos/b', root, photos: 3 },
      { path: '/photos/a/deep', root, photos: 2 },
      { path: '/photos/a b', root, photos: 1 },
    ]);
    expect(choices.map(({ path, depth, photos }) => [path, depth, photos])).toEqual([
      ['/photos', 0, 6],
      ['/photos/a', 1, 2],
      ['/photos/a/deep', 2, 2],
      ['/photos/a b', 1, 1],
      ['/photos/b', 1, 3],
    ]);
  });

  it('understand paths of Windows and roots of disks', () => {
    const windows = folderChoices([{ path: 'D:\\2024\\May', root: 'D:\\', photos: 1 }]);
    expect(windows.map(({ path }) => path)).toEqual(['D:\\', 'D:\\2024', 'D:\\2024\\May']);
    const slash = folderChoices([{ path: '/media', root: '/', photos: 1 }]);
    expect(slash.map(({ path }) => path)).toEqual(['/', '/media']);
  });
});

describe('words of the search page', () => {
  it('tell spans of time', () => {
    expect(formatSpan('2024', '2024')).toBe('2024');
    expect(formatSpan('2022', '2024-03')).toBe('2022 to March 2024');
    expect(formatSpan('2022-05-09', undefined)).toBe('from 9 May 2022');
    expect(formatSpan(undefined, '2022')).toBe('until 2022');
    expect(formatSpan(undefined, undefined)).toBe('');
  });

  it('tell why a photo was found', () => {
    const hit = {
      reasons: [
        { kind: 'looks', like: 'dog', similarity: 0.5, rank: 1 },
        { kind: 'named', words: 'dog', where: 'file' },
      ],
    } satisfies Partial<Hit>;
    expect(whyFound(hit)).toBe('Looks like “dog” · “dog” is in its file name');
  });

  it('write scores with a real minus, and zero without', () => {
    expect([0.556, -0.04, -0.001].map(formatScore)).toEqual(['0.56', '−0.04', '0.00']);
  });
});

describe('the pace of searching while one types', () => {
  it('answers a key at once while nothing is on its way', () => {
    expect([restMs(undefined, false), restMs(20, false), restMs(900, false)]).toEqual([0, 0, 0]);
  });

  it('gathers keys while an answer is on its way, longer where answers are slow', () => {
    expect(restMs(20, true)).toBeLessThan(restMs(200, true));
    expect(restMs(undefined, true)).toBe(restMs(20, true));
  });
});

describe('an answer that is asked for again', () => {
  const hit = (photo: number, score = 0.5): Hit => ({
    photo,
    path: `/p/${photo}.jpg`,
    score,
    reasons: [{ kind: 'looks', like: 'dog', similarity: score, rank: 1 }],
    online: true,
    tile: {
      id: photo,
      name: `${photo}.jpg`,
      sha256: null,
      date: '2024-01-01T00:00:00',
      width: 1,
      height: 1,
      state: 'indexed',
      online: true,
    },
  });

  it('is the one that is shown where nothing is new', () => {
    const shown = [hit(1), hit(2)];
    expect(reuseHits(shown, [hit(1), hit(2)])).toBe(shown);
  });

  it('keeps what is equal, and takes what came, went or changed', () => {
    const shown = [hit(1), hit(2), hit(3)];
    const next = reuseHits(shown, [hit(4), hit(1), hit(3, 0.4)]);
    expect(next.map(({ photo }) => photo)).toEqual([4, 1, 3]);
    expect(next[1]).toBe(shown[0]);
    expect(next[2]?.score).toBe(0.4);
    expect(reuseHits(shown, [hit(2), hit(1), hit(3)])).not.toBe(shown);
  });
});

describe('recent queries', () => {
  it('have the newest first, and each once', () => {
    expect(withRecentQuery(['cat', 'dog'], 'dog')).toEqual(['dog', 'cat']);
  });

  it('forget what a query grew out of', () => {
    expect(withRecentQuery(['dog', 'cat'], ' dog on grass ')).toEqual(['dog on grass', 'cat']);
  });

  it('survive a storage that holds nonsense', () => {
    expect(readRecentQueries({ getItem: () => '{"not": "a list"}' })).toEqual([]);
    expect(readRecentQueries({ getItem: () => '[1, "dog"' })).toEqual([]);
    expect(readRecentQueries({ getItem: () => '[1, "dog"]' })).toEqual(['dog']);
  });
});
