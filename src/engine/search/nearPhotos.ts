// Photos that look like a direction, and which a filter leaves. The index narrows the search by what its
// points carry; whether a photo is left, the catalogue alone knows, and it is asked about what was found.

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

/** Times as many are asked for where too few are left of what was found. */
const growth = 4;

export async function nearPhotos(
  parts: NearParts,
  vector: Float32Array,
  options: NearOptions,
): Promise<Near> {
  const { filter, limit } = options;
  const score = options.minScore === undefined ? {} : { minScore: options.minScore };
  if (!filter) return { points: await parts.nearest(vector, { limit, ...score }) };

  for (let asked = limit; ; asked *= growth) {
    const points = await parts.nearest(vector, { limit: asked, ...score, filter });
    const near = await left(points, filter);
    if (near.points.length >= options.wanted || points.length < asked) return near;
  }

  /** Those of the points, `limit` at most, that hold photos which the filter leaves. */
  async function left(points: readonly ScoredPoint[], by: PhotoFilter): Promise<Near> {
    const ids = points.map((point) => point.id);
    const { photos, contents } = await parts.reader.read('holding', by, ids);
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
