// Embed: decoded photos → their embeddings, a batch at a time. What needs no embedding passes by.
import type { DecodedPhotoOf, EmbeddedPhoto, Looked, Settled } from './outcome.ts';
import { outcomeOf } from './outcome.ts';
import type { RunContext } from './runContext.ts';

export async function embedPhotos(
  context: RunContext,
  batch: readonly Looked[],
): Promise<Settled[]> {
  const settled: Settled[] = [];
  const decoded: DecodedPhotoOf[] = [];
  for (const looked of batch) {
    if (looked.kind === 'decoded') decoded.push(looked);
    else settled.push(looked);
  }
  if (decoded.length > 0) settled.push(...(await embedBatch(context, decoded)));
  giveBackSlots(context, decoded);
  return settled;
}

function giveBackSlots(context: RunContext, photos: readonly DecodedPhotoOf[]): void {
  for (const { image } of photos) {
    if (!(image.pixels instanceof Uint8Array)) context.slots()?.giveBack(image.pixels);
  }
}

async function embedBatch(
  context: RunContext,
  photos: readonly DecodedPhotoOf[],
): Promise<Settled[]> {
  await context.gate.passed();
  await context.courtesy.passed(context.signal);
  if (context.signal.aborted) return [];
  const alone = photos.length === 1;
  try {
    const job = { images: photos.map((photo) => photo.image.pixels) };
    // A batch is given up at the first process it costs: its photos are then tried one by one.
    const embedded = await context.workers().embed(job, alone ? 2 : 1);
    const { vectors, ms, refusal } = embedded;
    context.stats.addTime('embed', ms);
    if (refusal !== undefined) context.noticeRefusal(refusal);
    const { dimensions } = context.model.manifest;
    return photos.map(
      ({ photo, decoded, image }, i): EmbeddedPhoto => ({
        kind: 'embedded',
        photo,
        decoded,
        image,
        embedding: vectors.subarray(i * dimensions, (i + 1) * dimensions),
      }),
    );
  } catch (error) {
    return alone ? failed(photos, error) : embedOneByOne(context, photos, error);
  }
}

async function embedOneByOne(
  context: RunContext,
  photos: readonly DecodedPhotoOf[],
  error: unknown,
): Promise<Settled[]> {
  // Throws on an error of the whole run, and lets a cancelled batch go.
  if (failed(photos, error).length === 0) return [];
  const settled: Settled[] = [];
  for (const photo of photos) settled.push(...(await embedBatch(context, [photo])));
  return settled;
}

function failed(photos: readonly DecodedPhotoOf[], error: unknown): Settled[] {
  return photos.flatMap(({ photo }) => outcomeOf(photo, 'embed', error) ?? []);
}
