// Which models there are: the active one, and those in folders beside it.
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Model } from '../../shared/model.ts';
import type { ModelInfo } from '../../shared/settings.ts';
import { loadModel } from './loadModel.ts';

export async function listModels(active: Model): Promise<ModelInfo[]> {
  const above = dirname(active.folder);
  const entries = await readdir(above, { withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(above, entry.name))
    .filter((folder) => folder !== active.folder);
  // A folder that holds no model, or a damaged one, is none of those to choose from.
  const others = await Promise.all(folders.map((folder) => loadModel(folder).catch(() => [])));
  return [active, ...others.flat()].map((model) => toInfo(model, model === active));
}

function toInfo({ folder, manifest }: Model, active: boolean): ModelInfo {
  return {
    id: manifest.id,
    name: manifest.name,
    description: manifest.description,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    dimensions: manifest.dimensions,
    licences: [...new Set(manifest.licence.map((licence) => licence.spdx))],
    active,
    folder,
  };
}
