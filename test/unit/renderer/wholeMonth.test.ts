// A month that comes in parts.
import { expect, it } from 'vitest';
import { wholeMonth } from '../../../src/renderer/features/library/wholeMonth.ts';
import { mostTiles, type PhotoTile } from '../../../src/shared/library.ts';

const tile = (id: number): PhotoTile => ({
  id,
  name: `${id}.jpg`,
  sha256: null,
  date: '2024-05-03T12:00:00',
  width: 4,
  height: 3,
  state: 'pending',
  online: true,
});

/** Photos `count` to 1, in parts; and what was asked for. */
async function load(count: number) {
  const asked: (number | undefined)[] = [];
  const tiles = await wholeMonth(async (after) => {
    asked.push(after?.id);
    const first = (after?.id ?? count + 1) - 1;
    return Array.from({ length: Math.min(first, mostTiles) }, (_, i) => tile(first - i));
  });
  return { ids: tiles.map(({ id }) => id), asked };
}

it('is asked for once where it is small', async () => {
  expect(await load(3)).toEqual({ ids: [3, 2, 1], asked: [undefined] });
});

it('is asked for until a part is not full', async () => {
  const { ids, asked } = await load(2 * mostTiles);
  expect(asked).toEqual([undefined, mostTiles + 1, 1]);
  expect(ids).toEqual(Array.from({ length: 2 * mostTiles }, (_, i) => 2 * mostTiles - i));
});
