// Where the modules of the worker processes lie: beside this one as TypeScript, or beside the bundle
// that this module has become part of; and where models lie.
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromSource = extname(fileURLToPath(import.meta.url)) === '.ts';

function at(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

export const workerEntries = {
  decoder: at(fromSource ? './decode/worker.ts' : './decoder.js'),
  converter: at(fromSource ? './decode/conversionWorker.ts' : './converter.js'),
  embedder: at(fromSource ? './embed/worker.ts' : './embedder.js'),
  photoWorker: at(fromSource ? './workers/photoWorker.ts' : './photoWorker.js'),
};

/** The model that ships with the app; both the sources and the bundle lie two folders below it. */
export const starterModelFolder = at('../../models/starter');

/** Where the models lie that people have added. */
export function modelsFolderOf(dataFolder: string): string {
  return join(dataFolder, 'models');
}

/** Photographs for people who have none at hand. */
export const samplesFolder = at('../../resources/samples');
