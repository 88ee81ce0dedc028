// An image tower that outlives what it runs on: a graphics card that goes away, or runs out of
// memory, costs its speed and no photo.
import type { Model } from '../../shared/model.ts';
import { type ImageTower, openImageTower } from './imageTower.ts';
import { runsOnProcessor, type TowerOptions } from './session.ts';

/** On what `options.providers` say while that works, then on the processor. @throws as openImageTower */
export async function openSteadyTower(model: Model, options: TowerOptions): Promise<ImageTower> {
  if (runsOnProcessor(options)) return openImageTower(model, options);
  const { providers: _providers, ...onProcessor } = options;
  const fast = await openImageTower(model, options).catch(() => undefined);
  let tower = fast ?? (await openImageTower(model, onProcessor));
  let isFast = fast !== undefined;
  return {
    dimensions: tower.dimensions,
    async embed(images) {
      if (!isFast) return tower.embed(images);
      try {
        return await tower.embed(images);
      } catch {
        isFast = false;
        // What failed is not closed: it may not come back from that.
        tower = await openImageTower(model, onProcessor);
        return tower.embed(images);
      }
    },
    close: () => tower.close(),
  };
}
