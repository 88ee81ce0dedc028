// The way of a photo: watch → decode → embed → commit, after which it can be searched for. Each
// stage works while the others do; the channels between them are short, so that memory stays flat
// however many photos there are.
import type { PendingPhoto } from './catalog/photos.ts';
import { Channel } from './pool/channel.ts';
import { runStage } from './pool/stage.ts';
import { Width } from './pool/width.ts';
import { commitPhotos } from './stages/commit.ts';
import { decodePhotos } from './stages/decode.ts';
import { embedPhotos } from './stages/embed.ts';
import { feedPending } from './stages/feed.ts';
import type { Looked, Settled } from './stages/outcome.ts';
import type { RunContext } from './stages/runContext.ts';
import { type ScanTarget, scanTargets } from './stages/scan.ts';

/**
 * Where embedding is faster than decoding, photos would come to it one by one, and eight in a run
 * cost less than eight runs. Nobody waits longer than this for what is slow to come.
 */
const embedPatience = { enough: Number.POSITIVE_INFINITY, ms: 500 };
/** Photos per transaction, at most. */
const commitBatch = 64;
/** A transaction costs about the same for one photo as for many; a photo is searchable soon. */
const commitPatience = { enough: commitBatch, ms: 250 };

/** Pieces of work under way at once: photos that are decoded, batches that are embedded. */
export interface Widths {
  readonly decode: number;
  readonly embed: number;
}

/** Photos that are decoded, or about to be, and not yet embedded, at most. */
export function photosOnTheWay({ decode, embed }: Widths, batch: number): number {
  return decode + batch * embed * 2;
}

/** Indexes what lies in `targets`. Rejects with an error of the whole run, when all has come to rest. */
export async function indexPhotos(
  context: RunContext,
  targets: readonly ScanTarget[],
): Promise<void> {
  const { batch, widths } = context;
  const { decode, embed } = widths;
  const pending = new Channel<PendingPhoto>(() => decode.now);
  const decoded = new Channel<Looked>(() => batch() * embed.now);
  const embedded = new Channel<Settled>(commitBatch);
  const committed = new Channel<never>(1);
  const rootIds = [...new Set(targets.map(({ root }) => root.id))];

  const watch = scanTargets(context, targets).catch((error: unknown) => {
    pending.end(error);
    throw error;
  });
  await allAtRest([
    watch,
    feedPending(context, rootIds, pending),
    runStage({
      from: pending,
      to: decoded,
      width: decode,
      batch: 1,
      work: (photos) => decodePhotos(context, photos),
    }),
    runStage({
      from: decoded,
      to: embedded,
      width: embed,
      batch,
      patience: embedPatience,
      work: (photos) => embedPhotos(context, photos),
    }),
    runStage({
      from: embedded,
      to: committed,
      width: new Width(1),
      batch: commitBatch,
      patience: commitPatience,
      work: (photos) => commitPhotos(context, photos),
    }),
  ]);
}

/** Like Promise.all, but a failure is told only when nothing is under way any more. */
async function allAtRest(stages: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(stages);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
