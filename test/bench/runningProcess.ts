// A run of the engine that goes on until it is told to stop: for what is measured beside it.
import { openEngine } from '../../src/engine/engine.ts';
import type { Speed } from '../../src/engine/resources.ts';
import { unknownSurroundings } from '../../src/engine/surroundings.ts';

export interface RunningJob {
  readonly dataFolder: string;
  readonly modelFolder: string;
  readonly folders: readonly string[];
  readonly speed: Speed;
  /** Whether somebody is at the keyboard, as a host would tell. */
  readonly isInUse: boolean;
}

/** Photos stored so far, whenever that is news; an error ends it. */
export type RunningNews = { readonly indexed: number } | { readonly error: string };

process.once('disconnect', () => process.exit(1));
process.once('message', async (job: RunningJob) => {
  const { dataFolder, modelFolder, folders, speed, isInUse } = job;
  const surroundings = { ...unknownSurroundings, isInUse };
  const tell = (news: RunningNews) => process.send?.(news);
  try {
    const engine = await openEngine({ dataFolder, modelFolder, surroundings });
    await engine.call('changeSettings', { speed });
    engine.on('progress', ({ indexed }) => tell({ indexed }));
    process.once('message', async () => {
      await engine.close();
      process.exit(0);
    });
    await engine.call('index', { folders: [...folders] });
  } catch (error) {
    tell({ error: error instanceof Error ? error.message : String(error) });
  }
});
