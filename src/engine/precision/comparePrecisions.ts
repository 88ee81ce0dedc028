// The comparison: sample photographs and words through a model in two precisions, one after the
// other, in processes of their own.
import type { Agreement } from '../../shared/agreement.ts';
import { OcelliError } from '../../shared/errors.ts';
import type { Model } from '../../shared/model.ts';
import type { EmbedderJob } from '../embed/embedder.ts';
import { withPool } from '../pool/withPool.ts';
import { createEmbedders, type PrecisionOf } from '../pools.ts';
import { queryThreads, usualBatch } from '../resources.ts';
import type { WorkerTransports } from '../transports.ts';
import { compareEmbeddings, type Embeddings } from './compareEmbeddings.ts';
import { sampleViews } from './sampleViews.ts';
import { sampleWords } from './sampleWords.ts';

export interface ComparisonOptions {
  readonly transports: WorkerTransports;
  readonly model: Model;
  readonly reference: PrecisionOf;
  readonly other: PrecisionOf;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
  readonly signal: AbortSignal;
}

/** @throws CANCELLED when `signal` is aborted; MODEL_* where a tower does not run */
export async function comparePrecisions(options: ComparisonOptions): Promise<Agreement> {
  const { transports, model, signal } = options;
  const photos = await sampleViews({ transport: transports.decoders, model, signal });
  const reference = await embedAll(photos, options.reference, options);
  const other = await embedAll(photos, options.other, options);
  return compareEmbeddings(reference, other);
}

function embedAll(
  photos: readonly Uint8Array[],
  precision: PrecisionOf,
  { transports, model, preparedFolder, signal }: ComparisonOptions,
): Promise<Embeddings> {
  const pool = createEmbedders(transports.embedders, {
    ...{ name: 'compared embedder', size: 1, depth: 2 },
    ...{ model, precision, threads: queryThreads(), preparedFolder },
  });
  const embed = async (jobs: readonly EmbedderJob[]): Promise<Float32Array[]> => {
    const embedded = await Promise.all(jobs.map((job) => pool.run(job, { maxLosses: 1 })));
    return embedded.flatMap(({ vectors }) => rowsOf(vectors, model));
  };
  return withPool(pool, signal, async () => ({
    photos: await embed(batches(photos).map((images) => ({ images }))),
    words: await embed(batches(sampleWords).map((texts) => ({ texts }))),
  }));
}

function batches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / usualBatch);
  return Array.from({ length: count }, (_, i) => items.slice(i * usualBatch, (i + 1) * usualBatch));
}

function rowsOf(vectors: Float32Array, { folder, manifest }: Model): Float32Array[] {
  if (!vectors.every(Number.isFinite)) {
    throw new OcelliError(
      'MODEL_DAMAGED',
      `The model in ${folder} answers with what is no number.`,
    );
  }
  const { dimensions } = manifest;
  return Array.from({ length: vectors.length / dimensions }, (_, i) =>
    vectors.subarray(i * dimensions, (i + 1) * dimensions),
  );
}
