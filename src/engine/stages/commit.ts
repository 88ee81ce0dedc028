// Commit: outcomes → the catalogue, in one transaction for all that have come, then the index.
import type { Catalog } from '../catalog/catalog.ts';
import type { ContentFacts } from '../catalog/contents.ts';
import { joined } from '../vectors/keptIndex.ts';
import type { EmbeddedPhoto, FailedPhoto, RecognisedPhoto, Settled } from './outcome.ts';
import type { RunContext } from './runContext.ts';

interface NewPoint {
  readonly contentId: number;
  readonly embedding: Float32Array;
}

export async function commitPhotos(
  context: RunContext,
  settled: readonly Settled[],
): Promise<never[]> {
  const { catalog, stats, index } = context;
  const start = performance.now();
  const points = catalog.transaction(() => settled.flatMap((item) => store(context, item)));
  const stored = performance.now();
  await index.add(
    points.map((point) => point.contentId),
    joined(points.map((point) => point.embedding)),
  );
  const end = performance.now();

  stats.addTime('store', stored - start);
  stats.addTime('upsert', end - stored);
  stats.lastWork = end;
  for (const item of settled) {
    context.inFlight.delete(item.photo.id);
    count(context, item);
  }
  return [];
}

function store(context: RunContext, item: Settled): NewPoint[] {
  if (item.kind === 'failed') return storeFailure(context, item);
  if (item.kind === 'recognised') return storeRecognised(context, item);
  return storeEmbedded(context, item);
}

function storeFailure({ catalog, now }: RunContext, item: FailedPhoto): NewPoint[] {
  catalog.photos.setState(item.photo.id, item.outcome);
  catalog.failures.record(item.photo.id, item.stage, item.error, now());
  return [];
}

function storeRecognised({ catalog, spaceId }: RunContext, item: RecognisedPhoto): NewPoint[] {
  const contentId = catalog.contents.idOf(item.sha256);
  const embedding = contentId && catalog.contents.vector(spaceId, contentId);
  // Forgotten since the decoder was told of it: it stays pending and is decoded next time.
  if (!contentId || !embedding) return [];
  const hasPoint = catalog.photos.usesContent(contentId);
  setIndexed(catalog, item.photo.id, contentId);
  return hasPoint ? [] : [{ contentId, embedding }];
}

function storeEmbedded({ catalog, spaceId }: RunContext, item: EmbeddedPhoto): NewPoint[] {
  const contentId = catalog.contents.add(factsOf(item));
  catalog.contents.addVector(spaceId, contentId, item.embedding);
  setIndexed(catalog, item.photo.id, contentId);
  return [{ contentId, embedding: item.embedding }];
}

function setIndexed(catalog: Catalog, photoId: number, contentId: number): void {
  catalog.photos.setIndexed(photoId, contentId);
  catalog.failures.clear(photoId);
}

function factsOf({ decoded, image }: EmbeddedPhoto): ContentFacts {
  const { pixels: _pixels, thumbnailBytes: _thumbnailBytes, ...facts } = image;
  return { sha256: decoded.sha256, bytes: decoded.bytes, ...facts };
}

function count({ stats }: RunContext, item: Settled): void {
  if (item.kind === 'failed') stats[item.outcome] += 1;
  else {
    stats.indexed += 1;
    stats[item.kind] += 1;
  }
}
