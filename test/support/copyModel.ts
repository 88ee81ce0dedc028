// Copies of a model folder: under another id, or damaged.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelManifest, modelManifestSchema } from '../../src/shared/model.ts';

/** The copy's folder; its model.json and its files may be changed without harm. */
export function copyModel(from: string, to: string): string {
  cpSync(from, to, { recursive: true, filter: (path) => !/\/(photos|pixels)(\/|$)/.test(path) });
  return to;
}

export function renamedModel(from: string, to: string): string {
  copyModel(from, to);
  changeManifest(to, (manifest) => ({ ...manifest, id: `${manifest.id}-renamed` }));
  return to;
}

export function changeManifest(
  modelFolder: string,
  change: (manifest: ModelManifest) => ModelManifest,
): void {
  const path = join(modelFolder, 'model.json');
  const manifest = modelManifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  writeFileSync(path, JSON.stringify(change(manifest)));
}
