// A query → ranked photos: what looks like it (vectors) and what is called like it (names), merged
// by rank, each hit with its reasons.
import { join } from 'node:path';
import type { z } from 'zod';
import type { Hit, Reason, SearchAnswer, searchRequestSchema } from '../../shared/contract.ts';
import { OcelliError } from '../../shared/errors.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { NameMatch } from '../catalog/names.ts';
import type { LocatedPhoto } from '../catalog/photos.ts';
import type { ScoredPoint } from '../vectors/vectorIndex.ts';
import { type ParsedQuery, parseQuery } from './parseQuery.ts';
import { combine, dot } from './queryVector.ts';
import { fuseRanks, places } from './rankFusion.ts';

export interface SearchParts {
  readonly catalog: Catalog;
  readonly spaceId: number;
  nearest(vector: Float32Array, limit: number, minScore?: number): Promise<ScoredPoint[]>;
  /** Texts → one unit vector each. */
  embedTexts(texts: readonly string[]): Promise<Float32Array[]>;
  /** An image file → its unit vector. */
  embedImage(path: string): Promise<Float32Array>;
  thumbnail(sha256: string): string;
}

type Request = z.output<typeof searchRequestSchema>;

interface Wish {
  readonly vector: Float32Array;
  readonly unwanted: readonly Float32Array[];
  readonly parsed: ParsedQuery;
  readonly label: string;
}

/** Candidates are taken by the hundred, so that the pages of one search agree with each other. */
const candidateStep = 100;

/** @throws QUERY_EMPTY, QUERY_IMAGE */
export async function searchPhotos(parts: SearchParts, request: Request): Promise<SearchAnswer> {
  const start = performance.now();
  const wish = await understand(parts, request);
  const embedded = performance.now();

  const wanted = request.offset + request.limit;
  const candidates = Math.ceil(wanted / candidateStep) * candidateStep;
  const near = await nearPhotos(parts, wish, candidates, request.minScore);
  const found = performance.now();

  const named = namedPhotos(parts.catalog, wish.parsed, candidates);
  const merged = merge(parts, wish, near, named);
  const hits = merged.slice(request.offset, wanted);
  const end = performance.now();
  return {
    query: wish.label,
    tookMs: end - start,
    times: { embedMs: embedded - start, vectorsMs: found - embedded, namesMs: end - found },
    hits: hits.map((hit) => hit()),
  };
}

async function understand(parts: SearchParts, request: Request): Promise<Wish> {
  const words = request.words?.trim() ?? '';
  const parsed = parseQuery(words);
  const { wanted, unwanted } = parsed;
  if (wanted.length + unwanted.length === 0 && request.image === undefined) {
    throw new OcelliError('QUERY_EMPTY', 'There is nothing to look for in an empty query.');
  }
  const texts = [...wanted.map((part) => part.text), ...unwanted];
  const [vectors, image] = await Promise.all([
    texts.length > 0 ? parts.embedTexts(texts) : [],
    request.image === undefined ? undefined : parts.embedImage(request.image),
  ]);
  const wantedVectors = wanted.flatMap((part, i) => {
    const vector = vectors[i];
    return vector ? [{ vector, weight: part.weight }] : [];
  });
  if (image) wantedVectors.push({ vector: image, weight: 1 });
  const unwantedVectors = vectors.slice(wanted.length);
  const label = [words, request.image].filter(Boolean).join(' + ');
  return {
    vector: combine(wantedVectors, unwantedVectors),
    unwanted: unwantedVectors,
    parsed,
    label,
  };
}

interface NearPhoto {
  readonly photo: LocatedPhoto;
  readonly similarity: number;
}

/** Photos by the look of their content, best first; copies of one content follow each other. */
async function nearPhotos(
  parts: SearchParts,
  wish: Wish,
  limit: number,
  minScore: number | undefined,
): Promise<NearPhoto[]> {
  const points = await parts.nearest(wish.vector, limit, minScore);
  const photos: NearPhoto[] = [];
  for (const { id, score } of points) {
    if (wish.unwanted.length > 0 && looksUnwanted(parts, wish, id, score)) continue;
    // A point whose photos are all gone is left from a crash; the next start removes it.
    for (const photo of parts.catalog.photos.ofContent(id))
      photos.push({ photo, similarity: score });
  }
  return photos;
}

/** Whether the content looks more like something unwanted than like what was asked for. */
function looksUnwanted(parts: SearchParts, wish: Wish, contentId: number, score: number): boolean {
  if (wish.parsed.wanted.length === 0) return false;
  const vector = parts.catalog.contents.vector(parts.spaceId, contentId);
  return vector !== undefined && wish.unwanted.some((unwanted) => dot(unwanted, vector) > score);
}

function namedPhotos(catalog: Catalog, parsed: ParsedQuery, limit: number): NameMatch[] {
  return catalog.names.match(parsed.nameTerms, limit);
}

/** Merged, best first; a hit is made only when it is asked for, as most fall off the page. */
function merge(
  parts: SearchParts,
  wish: Wish,
  near: readonly NearPhoto[],
  named: readonly NameMatch[],
): (() => Hit)[] {
  const unwantedNames = unwantedByName(parts.catalog, wish.parsed);
  const byLook = new Map(near.map((found) => [found.photo.id, found]));
  const byName = new Map(named.map((match) => [match.photoId, match]));
  const lookPlaces = places(
    near.map(({ photo, similarity }) => ({ item: photo.id, score: similarity })),
  );
  const namePlaces = places(named.map(({ photoId, bm25 }) => ({ item: photoId, score: bm25 })));
  const hits: (() => Hit)[] = [];
  for (const id of fuseRanks([lookPlaces, namePlaces])) {
    if (unwantedNames.has(id)) continue;
    const look = byLook.get(id);
    const photo = look?.photo ?? parts.catalog.photos.byId(id);
    if (!photo) continue;
    hits.push(() => {
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
  return hits;
}

function unwantedByName(catalog: Catalog, parsed: ParsedQuery): Set<number> {
  const most = 100_000;
  const matches = parsed.unwanted.flatMap((term) => catalog.names.match([term], most));
  return new Set(matches.map((match) => match.photoId));
}

function similarityOf(parts: SearchParts, wish: Wish, photo: LocatedPhoto): number {
  if (photo.contentId === null) return 0;
  const vector = parts.catalog.contents.vector(parts.spaceId, photo.contentId);
  return vector ? dot(wish.vector, vector) : 0;
}

function toHit(parts: SearchParts, photo: LocatedPhoto, score: number, reasons: Reason[]): Hit {
  return {
    photo: photo.id,
    path: join(photo.folder, photo.name),
    score,
    reasons,
    online: photo.online === 1,
    thumbnail: photo.sha256 === null ? '' : parts.thumbnail(photo.sha256),
  };
}
