// Search at the size of a large library: the index alone, and the whole call, idle and during a run.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Precision } from '../../src/shared/model.ts';
import type { Effort } from './effort.ts';
import { inProcess } from './inProcess.ts';
import type { BenchModel } from './models.ts';
import type { PhotoSet } from './photoSets.ts';
import type { SearchCallFigures, SearchCallJob } from './searchCallProcess.ts';
import type { VectorSearchFigures, VectorSearchJob } from './vectorSearchProcess.ts';

export interface SearchFigures {
  readonly vectors: VectorSearchFigures;
  readonly calls: readonly (SearchCallFigures & {
    readonly model: string;
    readonly precision: Precision;
    readonly peakRssMb: number | undefined;
  })[];
}

/** Width of CLIP's embeddings. */
const dimensions = 512;
/** Photos a second to reckon with when the run beside the searches is made long enough. */
const expectedRate = 60;

export async function measureSearch(options: {
  readonly models: readonly BenchModel[];
  readonly set: PhotoSet;
  readonly folder: string;
  readonly effort: Effort;
  tell(text: string): void;
}): Promise<SearchFigures> {
  const { effort, set } = options;
  options.tell(`search among ${effort.vectors} vectors`);
  const indexFolder = await mkdtemp(join(options.folder, 'vectors-'));
  const vectors = await inProcess<VectorSearchJob, VectorSearchFigures>('vectorSearchProcess.ts', {
    folder: join(indexFolder, 'index'),
    dimensions,
    vectors: effort.vectors,
    queries: effort.queries,
  });
  await rm(indexFolder, { recursive: true, force: true });

  const calls: SearchFigures['calls'][number][] = [];
  for (const { name, model, precisions } of callModels(options.models, effort)) {
    options.tell(`the whole search call among ${effort.vectors} photos, ${name}`);
    const folder = await mkdtemp(join(options.folder, 'search-'));
    const precision = precisions.at(-1) ?? 'float32';
    const { result, peakRssMb } = await inProcess<SearchCallJob, SearchCallFigures>(
      'searchCallProcess.ts',
      {
        folder,
        model,
        precision,
        photos: effort.vectors,
        queries: effort.queries,
        indexFolders: await set.folders(expectedRate * effort.seconds),
      },
    );
    await rm(folder, { recursive: true, force: true });
    calls.push({ ...result, model: name, precision, peakRssMb });
  }
  return { vectors: vectors.result, calls };
}

/** All of them, or the one that people start with. */
function callModels(models: readonly BenchModel[], effort: Effort): readonly BenchModel[] {
  return effort.name === 'full' ? models : models.slice(-1);
}
