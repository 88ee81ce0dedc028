// Photos that look like a direction, and which a filter leaves. The catalogue alone knows what a filter
// leaves; the index knows ids.
//
// [Note: Narrowed searches] There are two ways. The index can be told which points count: all that the
// filter leaves. That is as quick as a search of all and finds the best, but they have to be listed, a
// quarter of a microsecond each, once while nothing is written. Or the nearest of all are taken and
// looked up in the catalogue, so many that enough of them should be left: some six microseconds each,
// and ten times that while the catalogue is still on the disk, of which a list reads little. Where a
// list is kept it is taken; else the counts tell which is quicker, and a filter that is searched with
// again is listed meanwhile, for other searches: pages of one search are cut from one list. Photos that
// look alike often lie in one folder, so more may be needed than should be; where even four times as
// many leave too few (a folder without a single beach, and a beach is looked for), all that the filter
// leaves are listed after all.

import type { PhotoFilter } from '../../shared/library.ts';
import type { FilteredContents } from '../catalog/filteredContents.ts';
import type { Reader } from '../catalog/reader.ts';
import type { NearestOptions, ScoredPoint } from '../vectors/vectorIndex.ts';

export interface NearParts {
  readonly reader: Reader;
  readonly filteredContents: FilteredContents;
  /** Photos of a filter that are listed without further thought. Default: some few. */
  readonly listedAnyway?: number;
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

/** So many photos are listed in the time that the nearest of all take, and in that of one more. */
const photosAnyway = 10_000;
const photosForNearest = 75;
/** More than should be needed are taken, as photos are not spread evenly. */
const spare = 1.3;
const growth = 4;

export async function nearPhotos(
  parts: NearParts,
  vector: Float32Array,
  options: NearOptions,
): Promise<Near> {
  const { filter, limit } = options;
  const { filteredContents, listedAnyway = photosAnyway } = parts;
  const score = options.minScore === undefined ? {} : { minScore: options.minScore };
  if (!filter) return { points: await parts.nearest(vector, { limit, ...score }) };

  const version = await parts.reader.read('version');
  const known = filteredContents.known(filter, version, vector);
  if (known) return among(known);
  const { photos, all } = await parts.reader.read('leftAtMost', filter);
  const expected = Math.ceil((spare * options.wanted * all) / photos);
  if (photos > listedAnyway + expected * photosForNearest) {
    filteredContents.miss(filter, version, vector);
    const first = Math.max(limit, expected);
    for (const asked of [first, first * growth]) {
      const points = await parts.nearest(vector, { limit: asked, ...score });
      const near = await left(points, false);
      if (near.points.length >= options.wanted || points.length < asked) return near;
    }
  }
  return among(await filteredContents.left(filter, version));

  async function among(contents: Float64Array): Promise<Near> {
    if (contents.length === 0) return { points: [], photosOf: new Map() };
    return left(await parts.nearest(vector, { limit, ...score, among: contents }), true);
  }

  /** Those of the points, `limit` at most, that hold photos which the filter leaves. */
  async function left(points: readonly ScoredPoint[], listed: boolean): Promise<Near> {
    const ids = points.map((point) => point.id);
    const { photos, contents } = await parts.reader.read('holding', filter ?? {}, ids, listed);
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
