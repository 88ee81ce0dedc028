// A library of any size without embedding anything: rows written through the catalogue's own code, as
// a run would have left them, with synthetic vectors. The engine fills its index from these.
import { randomBytes } from 'node:crypto';
import { Catalog } from '../../src/engine/catalog/catalog.ts';
import { searchablePath } from '../../src/engine/catalog/roots.ts';
import { choosePrecision } from '../../src/engine/pools.ts';
import type { FileFacts } from '../../src/shared/files.ts';
import type { Model, Precision } from '../../src/shared/model.ts';
import { clusteredVectors } from './clusteredVectors.ts';

export interface FolderOfPhotos {
  readonly path: string;
  readonly files: readonly FileFacts[];
}

export interface SyntheticLibrary {
  readonly dataFolder: string;
  readonly model: Model;
  readonly precision: Precision;
  readonly root: string;
  readonly folders: readonly FolderOfPhotos[];
  /** Told the hash of each photo's content, which is made up. */
  readonly onContent?: (sha256: string) => void;
}

export function writeLibrary(library: SyntheticLibrary): void {
  const { model, precision, root: rootPath } = library;
  const { id, dimensions } = model.manifest;
  const catalog = Catalog.open(library.dataFolder);
  try {
    const key = `${id}-${choosePrecision(model, precision).image}`;
    const space = catalog.contents.space(key, dimensions);
    const root = catalog.roots.add(rootPath);
    const vectors = clusteredVectors({ dimensions, clusters: 500, seed: 7, stream: 1 });
    for (const folder of library.folders) {
      catalog.transaction(() => {
        const folderId = catalog.roots.addFolder(root.id, folder.path);
        const words = searchablePath(folder.path, rootPath);
        for (const file of folder.files) {
          const photoId = catalog.photos.add(folderId, file, words);
          const sha256 = randomBytes(32).toString('hex');
          library.onContent?.(sha256);
          const contentId = catalog.contents.add({
            sha256,
            bytes: file.bytes,
            format: 'jpeg',
            width: 500,
            height: 375,
            orientation: 1,
          });
          catalog.contents.addVector(space.id, contentId, vectors.next().value);
          catalog.photos.setIndexed(photoId, contentId);
        }
      });
    }
  } finally {
    catalog.close();
  }
}
