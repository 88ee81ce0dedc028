// The pools of worker processes, as this product sets them up.
import type { Model, Precision } from '../shared/model.ts';
import type { ConversionJob, ConversionSetUp } from './decode/conversionWorker.ts';
import type { ModelInput } from './decode/decodeJob.ts';
import type { DecoderAnswer, DecoderJob, DecoderSetUp } from './decode/photoDecoder.ts';
import type { Embedded, EmbedderJob, EmbedderSetUp } from './embed/embedder.ts';
import { type JobTerms, Pool } from './pool/pool.ts';
import type { Transport } from './pool/transport.ts';
import { workerEntries } from './workerEntries.ts';
import type { PhotoWorkerAnswer, PhotoWorkerJob, PhotoWorkerSetUp } from './workers/photoWorker.ts';

export type DecoderPool = Pool<DecoderJob, DecoderAnswer>;
export type ConverterPool = Pool<ConversionJob, Uint8Array>;
export type EmbedderPool = Pool<EmbedderJob, Embedded>;
export type PhotoWorkerPool = Pool<PhotoWorkerJob, PhotoWorkerAnswer>;

/** libvips' own limit; a square of 16,383. A 30,000 × 30,000 picture would need 2.7 GB. */
const maxPixels = 268_402_689;
/** A 200-megapixel TIFF from a slow disk takes seconds; this is for what never ends. */
export const decoding: JobTerms = {
  timeoutMs: 60_000,
  codes: { died: 'DECODER_DIED', hung: 'DECODER_HUNG' },
};
/** A batch takes a second on slow machines. */
export const embedding: JobTerms = {
  timeoutMs: 120_000,
  codes: { died: 'EMBEDDER_DIED', hung: 'EMBEDDER_HUNG' },
};

export interface PrecisionOf {
  readonly image: Precision;
  readonly text: Precision;
}

interface PoolKind {
  readonly name: string;
  readonly size: number;
  readonly depth: number;
  readonly priority?: number;
}

export function createDecoders(
  transport: Transport,
  options: PoolKind & { model: Model; thumbnailFolder: string },
): DecoderPool {
  const setUp = decoderSetUp(options.model, options.thumbnailFolder);
  return new Pool({
    name: options.name,
    transport,
    entry: workerEntries.decoder,
    size: options.size,
    priority: options.priority,
    depth: options.depth,
    setUp,
    terms: decoding,
  });
}

/** One process: a person looks at one photo at a time. */
export function createConverters(transport: Transport): ConverterPool {
  const setUp: ConversionSetUp = { maxPixels };
  return new Pool({
    name: 'picture decoder',
    transport,
    entry: workerEntries.converter,
    size: 1,
    setUp,
    terms: decoding,
  });
}

export function createEmbedders(
  transport: Transport,
  options: PoolKind & EmbedderSetUp,
): EmbedderPool {
  const { model, precision, threads, first, preparedFolder, provider } = options;
  const setUp: EmbedderSetUp = {
    ...{ model, precision, threads },
    ...(first === undefined ? {} : { first }),
    ...(preparedFolder === undefined ? {} : { preparedFolder }),
    ...(provider === undefined ? {} : { provider }),
  };
  return new Pool({
    name: options.name,
    transport,
    entry: workerEntries.embedder,
    size: options.size,
    priority: options.priority,
    depth: options.depth,
    setUp,
    terms: embedding,
  });
}

/** Each decodes and embeds; what a job is decides its terms. */
export function createPhotoWorkers(
  transport: Transport,
  options: PoolKind & { cores: readonly number[]; setUp: PhotoWorkerSetUp },
): PhotoWorkerPool {
  return new Pool({
    ...options,
    transport,
    entry: workerEntries.photoWorker,
    terms: decoding,
  });
}

export function decoderSetUp(model: Model, thumbnailFolder: string): DecoderSetUp {
  const { size, resize, crop, interpolation } = model.manifest.image;
  const input: ModelInput = { size, resize, crop, interpolation };
  return { input, thumbnailFolder, maxPixels };
}

export function isSamePrecision(a: PrecisionOf, b: PrecisionOf): boolean {
  return a.image === b.image && a.text === b.text;
}

/** The precision asked for, where the tower has it; else float32 before int8. */
export function choosePrecision(model: Model, wanted?: Precision): PrecisionOf {
  const choose = (files: Partial<Record<Precision, string>>): Precision => {
    if (wanted && files[wanted]) return wanted;
    return files.float32 ? 'float32' : 'int8';
  };
  return { image: choose(model.manifest.image.files), text: choose(model.manifest.text.files) };
}
