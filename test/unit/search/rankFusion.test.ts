// Reciprocal rank fusion.
import { expect, it } from 'vitest';
import { fuseRanks, places } from '../../../src/engine/search/rankFusion.ts';

it('puts what two lists agree on before what only one of them has', () => {
  const looks = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  const names = new Map([['c', 1]]);
  expect(fuseRanks([looks, names])).toEqual(['c', 'a', 'b']);
});

it('keeps the order of a single list', () => {
  const looks = new Map(['x', 'y', 'z'].map((item, i) => [item, i + 1] as const));
  expect(fuseRanks([looks, new Map()])).toEqual(['x', 'y', 'z']);
});

it('gives equal scores the same place and leaves a gap after them', () => {
  const sorted = [
    { item: 'a', score: 9 },
    { item: 'b', score: 7 },
    { item: 'c', score: 7 },
    { item: 'd', score: 1 },
  ];
  expect([...places(sorted)]).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 2],
    ['d', 4],
  ]);
});
