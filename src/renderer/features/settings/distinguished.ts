// Models as people can tell them apart: two exports of one model bear the same name.
import type { ModelInfo } from '../../../shared/settings.ts';

/** A name that several have is followed by what only one has, its id. */
export function distinguished(models: readonly ModelInfo[]): ModelInfo[] {
  return models.map((model) => {
    const isShared = models.some(({ id, name }) => name === model.name && id !== model.id);
    return isShared ? { ...model, name: `${model.name} (${model.id})` } : model;
  });
}
