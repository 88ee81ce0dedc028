// A stage of the pipeline: takes what the stage before it left, works on several at once, leaves
// its results for the next one.
import type { Channel, Patience } from './channel.ts';
import type { Width } from './width.ts';

export interface StageOptions<In, Out> {
  readonly from: Channel<In>;
  readonly to: Channel<Out>;
  /** How many pieces of work are under way at once; where it shrinks, those under way are finished. */
  readonly width: Width;
  /** Items per piece of work, at most: as many as have come, up to this. It may change. */
  readonly batch: number | (() => number);
  /** Whether to wait for more than one; never for more than a batch. */
  readonly patience?: Patience;
  readonly work: (items: In[]) => Promise<Out[]>;
}

/**
 * Runs until `from` ends, then ends `to`; where `to` has ended early, ends `from`, so that no stage
 * works for nobody. An error in `work` ends both sides and rejects.
 */
export async function runStage<In, Out>(options: StageOptions<In, Out>): Promise<void> {
  const { from, to, width } = options;
  let stop = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      let loops = 0;
      const loop = async () => {
        try {
          while (loops <= width.now && (await workOnce(options)));
        } finally {
          // In the same breath as it was decided, so that never all leave where one is too many.
          loops -= 1;
        }
        if (loops === 0) resolve();
      };
      const widen = () => {
        while (loops < width.now) {
          loops += 1;
          loop().catch(reject);
        }
      };
      stop = width.follow(widen);
      widen();
    });
    to.end();
  } catch (error) {
    from.end(error);
    to.end(error);
    throw error;
  } finally {
    stop();
  }
}

/** Whether there may be more to do. */
async function workOnce<In, Out>(options: StageOptions<In, Out>): Promise<boolean> {
  const { from, to, batch, patience, work } = options;
  const most = typeof batch === 'number' ? batch : batch();
  const enough = Math.min(patience?.enough ?? 1, most);
  const items = await from.take(most, { enough, ms: patience?.ms ?? 0 });
  for (const result of items.length > 0 ? await work(items) : []) {
    if (await to.push(result)) continue;
    from.end();
    return false;
  }
  return items.length > 0;
}
