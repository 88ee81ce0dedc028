// Decode: a pending photo → its pixels and facts, or word that its content is known, or a failure.
import type { PendingPhoto } from '../catalog/photos.ts';
import type { DecodedPhoto } from '../decode/decodeJob.ts';
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
  try {
    const known = catalog.contents.embeddedOfSize(context.spaceId, photo.bytes);
    const decoded = await context.decoders().run({ path: photo.path, known });
    addTimes(context, decoded);
    if (decoded.image) return { kind: 'decoded', photo, decoded, image: decoded.image };
    return { kind: 'recognised', photo, sha256: decoded.sha256 };
  } catch (error) {
    return outcomeOf(photo, 'decode', error);
  }
}

function addTimes({ stats }: RunContext, { times }: DecodedPhoto): void {
  stats.addTime('read', times.readMs + times.hashMs);
  stats.addTime('decode', times.decodeMs);
  stats.addTime('thumbnail', times.thumbnailMs);
}
