// Names of models in the settings.
import { expect, it } from 'vitest';
import { distinguished } from '../../../src/renderer/features/settings/distinguished.ts';
import type { ModelInfo } from '../../../src/shared/settings.ts';

function model(id: string, name: string): ModelInfo {
  return {
    ...{ id, name, description: '', bytes: 1, dimensions: 4, folder: `/models/${id}` },
    ...{ precisions: ['float32'], precision: 'float32', licences: [], photosIn: {} },
    ...{ active: false, origin: 'added' },
  };
}

it('a name that two models have is followed by their ids', () => {
  const models = [model('a', 'CLIP'), model('b', 'CLIP'), model('c', 'Starter')];
  const names = distinguished(models).map(({ name }) => name);
  expect(names).toEqual(['CLIP (a)', 'CLIP (b)', 'Starter']);
});
