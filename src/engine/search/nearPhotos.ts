// Photos that look like a direction, and which a filter leaves. The catalogue alone knows what a filter
// leaves; the index knows ids.
//
// [Note: Narrowed searches] The index takes half a microsecond for each id that a search is narrowed
// to, so it is told them only where they are few. Where a filter leaves many photos, they are among the
// nearest of all photos too: these are taken and looked up in the catalogue, and more of them where too
// few were left. Where even those are not enough (a folder without a single beach, and a beach is
// looked for), all that the filter leaves are listed after all.

import type { PhotoFilter } from '../../shared/library.ts';
import type { Reader } from '../catalog/reader.ts';
import type { NearestOptions, ScoredPoint } from '../vectors/vectorIndex.ts';

export interface NearParts {
  readonly reader: Reader;
  nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]>;
}

export interface NearOptions {
  readonly limit: number;
  /** So many are wanted at the least; fewer than `limit` are enough where a filter leaves many. */
  readonly wanted: number;
  readonly minScore?: number;
  readonly filter?: PhotoFilter;
}

export interface Near {
  /** Best first. */
  readonly points: readonly ScoredPoint[];
  /** The photos that hold each; undefined where no filter was given and they were not looked up. */
  readonly photosOf?: ReadonlyMap<number, readonly number[]>;
}

/** Contents that the index is told by their ids. */
export const mostListed = 10_000;
/** Of all photos, how many times the limit are looked up in the end, and how fast it comes to that. */
const mostTimes = 16;
const growth = 4;

export async function nearPhotos(
  parts: NearParts,
  vector: Float32Array,
  options: NearOptions,
): Promise<Near> {
  const { filter, limit } = options;
  const score = options.minScore === undefined ? {} : { minScore: options.minScore };
  if (!filter) return { points: await parts.nearest(vector, { limit, ...score }) };

  const few = await parts.reader.read('fewContents', filter, mostListed);
  if (few) return among(few);
  for (let times = 1; times <= mostTimes; times *= growth) {
    const points = await parts.nearest(vector, { limit: limit * times, ...score });
    const near = await left(points);
    if (near.points.length >= options.wanted || points.length < limit * times) return near;
  }
  return among(await parts.reader.read('fewContents', filter, Number.POSITIVE_INFINITY));

  async function among(contents: readonly number[] = []): Promise<Near> {
    if (contents.length === 0) return { points: [], photosOf: new Map() };
    return left(await parts.nearest(vector, { limit, ...score, among: contents }));
  }

  /** Those of the points, `limit` at most, that hold photos which the filter leaves. */
  async function left(points: readonly ScoredPoint[]): Promise<Near> {
    const ids = points.map((point) => point.id);
    const { photos, contents } = await parts.reader.read('holding', filter ?? {}, ids);
    const photosOf = new Map<number, number[]>();
    for (const [i, photo] of photos.entries()) {
      const content = contents[i] ?? 0;
      const held = photosOf.get(content);
      if (held) held.push(photo);
      else photosOf.set(content, [photo]);
    }
    return { points: points.filter(({ id }) => photosOf.has(id)).slice(0, limit), photosOf };
  }
}
