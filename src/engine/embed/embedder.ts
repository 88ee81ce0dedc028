// What a process does that embeds: worker.ts, which has photos while indexing or the queries of people,
// so that a search never waits behind a batch; and workers/photoWorker.ts, which decodes photos as well.
import type { Model, Precision, TowerKind } from '../../shared/model.ts';
import type { Provider } from '../../shared/tuning.ts';
import type { WorkerBody } from '../pool/serve.ts';
import { readSlot, type Slot } from '../pool/slotFile.ts';
import { openImageTower } from './imageTower.ts';
import { type MeasureJob, measureTower } from './measureTower.ts';
import { prepareTower } from './prepareTower.ts';
import { openSteadyTower } from './steadyTower.ts';
import { openTextTower } from './textTower.ts';

export interface EmbedderSetUp {
  readonly model: Model;
  readonly precision: { readonly image: Precision; readonly text: Precision };
  readonly threads: number;
  /** Opened before the first job; others at their first use. */
  readonly first?: TowerKind;
  /** Where prepared graphs lie. Default: none is used. */
  readonly preparedFolder?: string;
  /** What the image tower runs on, while that works. Default: 'cpu'. */
  readonly provider?: Provider;
}

export type EmbedderJob =
  /** Each size × size × 3 bytes, RGB. */
  | { readonly images: readonly (Uint8Array | Slot)[] }
  | { readonly texts: readonly string[] }
  /** Makes the prepared graph of this tower in `folder`; no vectors come of it. */
  | { readonly prepare: TowerKind; readonly folder: string }
  /** Runs the image tower on its provider and nothing else; `ms` and `meanMs` are those of a run. */
  | { readonly measure: MeasureJob };

export interface Refusal {
  readonly provider: Provider;
  readonly reason: string;
}

export interface Embedded {
  /** n × dimensions, L2-normalised. */
  readonly vectors: Float32Array;
  /** Wall time in the model. */
  readonly ms: number;
  /** Of a measurement alone. */
  readonly meanMs?: number;
  /** What photos should be embedded on, and why the processor did it instead. */
  readonly refusal?: Refusal;
}

export const embedder: WorkerBody<EmbedderSetUp, EmbedderJob, Embedded> = {
  async setUp({ model, precision, threads, first, preparedFolder, provider = 'cpu' }) {
    const options = (tower: TowerKind) => ({
      precision: precision[tower],
      threads,
      ...(preparedFolder === undefined ? {} : { preparedFolder }),
    });
    const imageOptions = { ...options('image'), providers: [provider] };
    const imageTower = once(() => openSteadyTower(model, imageOptions));
    const measuredTower = once(() => openImageTower(model, imageOptions));
    const textTower = once(() => openTextTower(model, options('text')));
    const vectorsOf = async (
      job: Exclude<EmbedderJob, { measure: MeasureJob }>,
    ): Promise<Float32Array> => {
      if ('images' in job) return (await imageTower()).embed(job.images.map(bytesOf));
      if ('texts' in job) return (await textTower()).embed(job.texts);
      const { prepare: tower, folder } = job;
      await prepareTower({ model, tower, precision: precision[tower], folder });
      return new Float32Array(0);
    };
    if (first) await (first === 'image' ? imageTower() : textTower());
    return async (job) => {
      if ('measure' in job) {
        return measureTower(await measuredTower(), model.manifest.image.size, job.measure);
      }
      const start = performance.now();
      const vectors = await vectorsOf(job);
      const ms = performance.now() - start;
      const reason = 'images' in job ? (await imageTower()).refusal : undefined;
      return { vectors, ms, ...(reason === undefined ? {} : { refusal: { provider, reason } }) };
    };
  },
};

/** Of each place in a batch, what the last one there was read into: jobs come one after the other. */
const read: Uint8Array[] = [];

function bytesOf(image: Uint8Array | Slot, place: number): Uint8Array {
  if (image instanceof Uint8Array) return image;
  const bytes = readSlot(image, read[place]);
  read[place] = bytes;
  return bytes;
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}
