// Decode: a pending photo → its pixels and facts, or word that its content is known, or a failure.
import type { PendingPhoto } from '../catalog/photos.ts';
import type { DecoderAnswer } from '../decode/worker.ts';
import { type Looked, outcomeOf } from './outcome.ts';
import type { RunContext } from './runContext.ts';

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
  const { catalog, stats, signal, gate } = context;
  await context.prepared();
  await gate.passed();
  if (signal.aborted) return undefined;
  stats.firstWork ??= performance.now();
  const slot = context.slots()?.take();
  let isSlotTaken = false;
  try {
    const known = catalog.contents.embeddedOfSize(context.spaceId, photo.bytes);
    const job = { path: photo.path, known, ...(slot === undefined ? {} : { slot }) };
    const decoded = await context.decoders().run(job);
    addTimes(context, decoded);
    if (!decoded.image) return { kind: 'recognised', photo, sha256: decoded.sha256 };
    isSlotTaken = !(decoded.image.pixels instanceof Uint8Array);
    return { kind: 'decoded', photo, decoded, image: decoded.image };
  } catch (error) {
    return outcomeOf(photo, 'decode', error);
  } finally {
    if (slot && !isSlotTaken) context.slots()?.giveBack(slot);
  }
}

function addTimes({ stats }: RunContext, { times }: DecoderAnswer): void {
  stats.addTime('read', times.readMs + times.hashMs);
  stats.addTime('decode', times.decodeMs);
  stats.addTime('thumbnail', times.thumbnailMs);
}
