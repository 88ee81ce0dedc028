// Decode: a pending photo → its pixels and facts, or word that its content is known, or a failure.
import type { PendingPhoto } from '../catalog/photos.ts';
import type { DecoderAnswer, DecoderJob } from '../decode/photoDecoder.ts';
import { type Looked, outcomeOf } from './outcome.ts';
import type { RunContext } from './runContext.ts';

/** Contents of one size that a decoder is told of; PNGs of one colour or raw scans can share theirs. */
const mostOfOneSize = 32;

export async function decodePhotos(
  context: RunContext,
  photos: readonly PendingPhoto[],
): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const photo of photos) {
    const result = await decodeOne(context, photo);
    if (result) looked.push(result);
  }
  return looked;
}

async function decodeOne(context: RunContext, photo: PendingPhoto): Promise<Looked | undefined> {
  const { stats, signal, gate, courtesy } = context;
  await context.prepared();
  await gate.passed();
  await courtesy.passed(signal);
  if (signal.aborted) return undefined;
  stats.firstWork ??= performance.now();
  const slot = context.slots()?.take();
  let isSlotTaken = false;
  try {
    const job = { path: photo.path, ...(slot === undefined ? {} : { slot }) };
    const decoded = await decodeUnlessKnown(context, photo, job);
    if (!decoded.image) return { kind: 'recognised', photo, sha256: decoded.sha256 };
    isSlotTaken = !(decoded.image.pixels instanceof Uint8Array);
    return { kind: 'decoded', photo, decoded, image: decoded.image };
  } catch (error) {
    return outcomeOf(photo, 'decode', error);
  } finally {
    if (slot && !isSlotTaken) context.slots()?.giveBack(slot);
  }
}

/** Where many contents share the size, the hash is asked for first, and the file read twice at most. */
async function decodeUnlessKnown(
  context: RunContext,
  photo: PendingPhoto,
  job: Omit<DecoderJob, 'known'>,
): Promise<DecoderAnswer> {
  const { contents } = context.catalog;
  const known = contents.embeddedOfSize(context.spaceId, photo.bytes, mostOfOneSize);
  const first = await runDecoder(context, { ...job, known });
  if (first.known !== undefined || contents.isEmbedded(context.spaceId, first.sha256)) return first;
  return runDecoder(context, { ...job, known: [] });
}

async function runDecoder(context: RunContext, job: DecoderJob): Promise<DecoderAnswer> {
  const decoded = await context.workers().decode(job);
  addTimes(context, decoded);
  return decoded;
}

function addTimes({ stats }: RunContext, { times }: DecoderAnswer): void {
  stats.addTime('read', times.readMs + times.hashMs);
  stats.addTime('decode', times.decodeMs);
  stats.addTime('thumbnail', times.thumbnailMs);
}
