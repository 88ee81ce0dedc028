// A query → ranked photos: what looks like it (vectors) and what is called like it (names), merged
// by rank, each hit with its reasons.
import { join } from 'node:path';
import type { Hit, Reason, SearchAnswer } from '../../shared/contract.ts';
import { dot } from '../../shared/dot.ts';
import { inTurns } from '../../shared/inTurns.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { NameMatch } from '../catalog/names.ts';
import type { LocatedPhoto } from '../catalog/photos.ts';
import type { NearestOptions, ScoredPoint } from '../vectors/vectorIndex.ts';
import { nearPhotos } from './nearPhotos.ts';
import { fuseRanks, places } from './rankFusion.ts';
import { type SearchRequest, understand, type Wish, type WishParts } from './wish.ts';

export interface SearchParts extends WishParts {
  readonly catalog: Catalog;
  readonly spaceId: number;
  nearest(vector: Float32Array, options: NearestOptions): Promise<ScoredPoint[]>;
}

/**
 * A photo's place rests on all lists that it is in, so pages agree with each other only where they
 * are cut from the same lists: these are so long, and ten times so where a page lies beyond that.
 */
const fewestCandidates = 1000;
const mostCandidates = 2_000_000;

/** @throws QUERY_EMPTY, QUERY_IMAGE, PHOTO_UNKNOWN, PHOTO_NOT_INDEXED */
export async function searchPhotos(
  parts: SearchParts,
  request: SearchRequest,
): Promise<SearchAnswer> {
  const { catalog } = parts;
  const start = performance.now();
  const wish = await understand(parts, request);
  const embedded = performance.now();

  const wanted = request.offset + request.limit;
  const candidates = candidatesFor(wanted);
  const [near, unwantedNames] = await Promise.all([
    looksLike(parts, wish, request, candidates),
    unwantedByName(catalog, wish),
  ]);
  const found = performance.now();

  const named = await catalog.reader.read(
    'names',
    wish.parsed.nameTerms,
    { limit: candidates, near: near.map(({ id }) => id) },
    request.filter,
  );
  const hits = merge(parts, wish, near, named, unwantedNames).slice(request.offset, wanted);
  const shown = hits.flatMap((hit) => hit() ?? []);
  const end = performance.now();
  return {
    query: wish.label,
    tookMs: end - start,
    times: { embedMs: embedded - start, vectorsMs: found - embedded, namesMs: end - found },
    hits: shown,
  };
}

/** What is known of a photo before it is on the page shown: rows cost more than the search. */
interface NearPhoto {
  readonly id: number;
  readonly similarity: number;
}

function candidatesFor(wanted: number): number {
  let candidates = fewestCandidates;
  while (candidates <= wanted && candidates < mostCandidates) candidates *= 10;
  return Math.min(candidates, mostCandidates);
}

/** Photos by the look of their content, best first; copies of one content follow each other. */
async function looksLike(
  parts: SearchParts,
  wish: Wish,
  request: SearchRequest,
  limit: number,
): Promise<NearPhoto[]> {
  const { catalog, nearest } = parts;
  const { minScore, similarTo, filter } = request;
  const { reader, filteredContents } = catalog;
  const near = await nearPhotos({ reader, filteredContents, nearest }, wish.vector, {
    limit,
    wanted: wantedFor(request, limit),
    ...(minScore === undefined ? {} : { minScore }),
    ...(filter === undefined ? {} : { filter }),
  });
  const itself = similarTo === undefined ? undefined : catalog.photos.byId(similarTo);
  const photosOf = near.photosOf ?? catalog.photos.ofContents(near.points.map(({ id }) => id));
  const photos: NearPhoto[] = [];
  const wanted = ({ id, score }: ScoredPoint) =>
    id !== itself?.contentId && !looksUnwanted(parts, wish, id, score);
  await inTurns(near.points, (some) => {
    for (const { id, score } of some.filter(wanted)) {
      // A point whose photos are all gone is left from a crash; the next start removes it.
      for (const photo of photosOf.get(id) ?? []) photos.push({ id: photo, similarity: score });
    }
  });
  return photos;
}

/** The same for most pages of a search, so that they are cut from one list. */
function wantedFor({ offset, limit }: SearchRequest, candidates: number): number {
  const quarter = candidates / 4;
  return offset + limit < quarter ? quarter : candidates;
}

/** Whether the content looks more like something unwanted than like what was asked for. */
function looksUnwanted(parts: SearchParts, wish: Wish, contentId: number, score: number): boolean {
  if (wish.unwanted.length === 0 || wish.parsed.wanted.length === 0) return false;
  const vector = parts.catalog.contents.vector(parts.spaceId, contentId);
  return vector !== undefined && wish.unwanted.some((unwanted) => dot(unwanted, vector) > score);
}

/** Merged, best first; a hit is made only when it is asked for, as most fall off the page. */
function merge(
  parts: SearchParts,
  wish: Wish,
  near: readonly NearPhoto[],
  named: readonly NameMatch[],
  unwantedNames: ReadonlySet<number>,
): (() => Hit | undefined)[] {
  const byLook = new Map(near.map((found) => [found.id, found]));
  const byName = new Map(named.map((match) => [match.photoId, match]));
  const lookPlaces = places(near.map(({ id, similarity }) => ({ item: id, score: similarity })));
  const namePlaces = places(named.map(({ photoId, rank }) => ({ item: photoId, score: rank })));
  return fuseRanks([lookPlaces, namePlaces])
    .filter((id) => !unwantedNames.has(id))
    .map((id) => () => {
      const photo = parts.catalog.photos.byId(id);
      if (!photo) return undefined;
      const look = byLook.get(id);
      const score = look?.similarity ?? similarityOf(parts, wish, photo);
      const reasons: Reason[] = [];
      if (look) {
        const rank = lookPlaces.get(id) ?? 1;
        reasons.push({ kind: 'looks', like: wish.label, similarity: score, rank });
      }
      const name = byName.get(id);
      if (name) {
        reasons.push({ kind: 'named', words: wish.parsed.nameTerms.join(' '), where: name.where });
      }
      return toHit(parts, photo, score, reasons);
    });
}

async function unwantedByName({ reader }: Catalog, { parsed }: Wish): Promise<Set<number>> {
  const named = await Promise.all(parsed.unwanted.map((term) => reader.read('named', [term])));
  return new Set(named.flat());
}

function similarityOf(parts: SearchParts, wish: Wish, photo: LocatedPhoto): number {
  if (photo.contentId === null) return 0;
  const vector = parts.catalog.contents.vector(parts.spaceId, photo.contentId);
  return vector ? dot(wish.vector, vector) : 0;
}

function toHit(
  parts: SearchParts,
  photo: LocatedPhoto,
  score: number,
  reasons: Reason[],
): Hit | undefined {
  const tile = parts.catalog.library.tile(photo.id);
  if (!tile) return undefined;
  const path = join(photo.folder, photo.name);
  return { photo: photo.id, path, score, reasons, online: photo.online === 1, tile };
}
