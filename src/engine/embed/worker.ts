// An embedder process: one for batches of photos while indexing, another for queries, so that a
// search never waits behind a batch.
import type { Model, Precision } from '../../shared/model.ts';
import { serve } from '../pool/serve.ts';
import { openImageTower } from './imageTower.ts';
import { openTextTower } from './textTower.ts';

export interface EmbedderSetUp {
  readonly model: Model;
  readonly precision: { readonly image: Precision; readonly text: Precision };
  readonly threads: number;
  /** Opened before the first job; the other one at its first use. */
  readonly first: 'image' | 'text';
}

export type EmbedderJob =
  /** Each size × size × 3 bytes, RGB. */
  { readonly images: readonly Uint8Array[] } | { readonly texts: readonly string[] };

export interface Embedded {
  /** n × dimensions, L2-normalised. */
  readonly vectors: Float32Array;
  /** Wall time in the model. */
  readonly ms: number;
}

serve<EmbedderSetUp, EmbedderJob, Embedded>({
  async setUp({ model, precision, threads, first }) {
    const imageTower = once(() => openImageTower(model, { precision: precision.image, threads }));
    const textTower = once(() => openTextTower(model, { precision: precision.text, threads }));
    await (first === 'image' ? imageTower() : textTower());
    return async (job) => {
      const start = performance.now();
      const vectors =
        'images' in job
          ? await (await imageTower()).embed(job.images)
          : await (await textTower()).embed(job.texts);
      return { vectors, ms: performance.now() - start };
    };
  },
});

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
