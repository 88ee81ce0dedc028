// A stage of the pipeline: takes what the stage before it left, works on several at once, leaves
// its results for the next one.
import type { Channel } from './channel.ts';

export interface StageOptions<In, Out> {
  readonly from: Channel<In>;
  readonly to: Channel<Out>;
  /** How many pieces of work are under way at once. */
  readonly concurrency: number;
  /** Items per piece of work, at most: as many as have come, up to this. */
  readonly batch: number;
  readonly work: (items: In[]) => Promise<Out[]>;
}

/**
 * Runs until `from` ends, then ends `to`; where `to` has ended early, ends `from`, so that no stage
 * works for nobody. An error in `work` ends both sides and rejects.
 */
export async function runStage<In, Out>(options: StageOptions<In, Out>): Promise<void> {
  const { from, to, batch, work } = options;
  const loop = async () => {
    for (;;) {
      const items = await from.take(batch);
      if (items.length === 0) return;
      for (const result of await work(items)) {
        if (await to.push(result)) continue;
        from.end();
        return;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency }, loop));
    to.end();
  } catch (error) {
    from.end(error);
    to.end(error);
    throw error;
  }
}
