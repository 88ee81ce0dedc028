// An image tower that outlives what it runs on: a graphics card that goes away, or runs out of
// memory, costs its speed and no photo.
import { availableParallelism } from 'node:os';
import { asOcelliError } from '../../shared/errors.ts';
import type { Model } from '../../shared/model.ts';
import { type ImageTower, openImageTower } from './imageTower.ts';
import { runsOnProcessor, type TowerOptions } from './session.ts';

export interface SteadyTower extends ImageTower {
  /** Why it is on the processor although it should not be; undefined while all is well. */
  readonly refusal: string | undefined;
}

/** On what `options.providers` say while that works, then on the processor. @throws as openImageTower */
export async function openSteadyTower(model: Model, options: TowerOptions): Promise<SteadyTower> {
  if (runsOnProcessor(options)) {
    return { ...(await openImageTower(model, options)), refusal: undefined };
  }
  const { providers: _providers, ...rest } = options;
  // Who embeds on a card does so in one process of one thread; on the processor that is one core.
  const onProcessor = { ...rest, threads: availableParallelism() };
  let refusal: string | undefined;
  const giveUp = (error: unknown): Promise<ImageTower> => {
    refusal = asOcelliError(error).message;
    return openImageTower(model, onProcessor);
  };
  let tower = await openImageTower(model, options).catch(giveUp);
  return {
    dimensions: tower.dimensions,
    get refusal() {
      return refusal;
    },
    async embed(images) {
      if (refusal !== undefined) return tower.embed(images);
      try {
        return await tower.embed(images);
      } catch (error) {
        // What failed is not closed: it may not come back from that.
        tower = await giveUp(error);
        return tower.embed(images);
      }
    },
    close: () => tower.close(),
  };
}
