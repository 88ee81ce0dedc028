// All photos of a month, which come in parts: so that a month of 30,000 does not hold up the process
// that answers.
import { mostTiles, type PhotoTile, type TilePlace } from '../../../shared/library.ts';

/** @param part the photos that follow this place, `mostTiles` at most. */
export async function wholeMonth(
  part: (after: TilePlace | undefined) => Promise<PhotoTile[]>,
): Promise<PhotoTile[]> {
  const tiles: PhotoTile[] = [];
  for (;;) {
    const last = tiles.at(-1);
    const more = await part(last && { date: last.date, id: last.id });
    tiles.push(...more);
    if (more.length < mostTiles) return tiles;
  }
}
