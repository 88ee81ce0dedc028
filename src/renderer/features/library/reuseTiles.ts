// What has not changed stays the very same object, so that what shows it is not drawn again.
import type { PhotoTile } from '../../../shared/library.ts';

export function reuseTiles(
  before: readonly PhotoTile[] | undefined,
  now: readonly PhotoTile[],
): readonly PhotoTile[] {
  if (!before) return now;
  const known = new Map(before.map((tile) => [tile.id, tile]));
  const tiles = now.map((tile) => {
    const old = known.get(tile.id);
    return old && isSame(old, tile) ? old : tile;
  });
  const unchanged = tiles.length === before.length && tiles.every((tile, i) => tile === before[i]);
  return unchanged ? before : tiles;
}

function isSame(a: PhotoTile, b: PhotoTile): boolean {
  return (
    a.sha256 === b.sha256 &&
    a.state === b.state &&
    a.online === b.online &&
    a.width === b.width &&
    a.height === b.height &&
    a.date === b.date &&
    a.name === b.name
  );
}
