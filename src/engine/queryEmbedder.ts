// Queries → vectors, in processes of their own at normal priority: a search never waits behind a
// batch of photos. They start with the first search and stay.
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { asOcelliError, errorKind, OcelliError } from '../shared/errors.ts';
import type { Model } from '../shared/model.ts';
import { thumbnailFolderOf } from '../shared/thumbnailPath.ts';
import {
  createDecoders,
  createEmbedders,
  type DecoderPool,
  type EmbedderPool,
  type PrecisionOf,
} from './pools.ts';
import type { WorkerTransports } from './transports.ts';

export interface QueryEmbedderOptions {
  readonly transports: WorkerTransports;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly threads: number;
  /** For the thumbnail that decoding leaves, and for pictures that came without a file. */
  readonly dataFolder: string;
}

export class QueryEmbedder {
  private readonly options: QueryEmbedderOptions;
  private embedder: EmbedderPool | undefined;
  private decoder: DecoderPool | undefined;

  constructor(options: QueryEmbedderOptions) {
    this.options = options;
  }

  /** Starts the process for words now, so that the first search finds it ready. */
  warm(): void {
    this.embedders();
  }

  async texts(texts: readonly string[]): Promise<Float32Array[]> {
    const { vectors } = await this.embedders().run({ texts });
    const { dimensions } = this.options.model.manifest;
    return texts.map((_, i) => vectors.subarray(i * dimensions, (i + 1) * dimensions));
  }

  /** @throws QUERY_IMAGE naming the file and what is wrong with it */
  async image(path: string): Promise<Float32Array> {
    if (!isAbsolute(path)) throw new OcelliError('QUERY_IMAGE', `${path} is not an absolute path.`);
    const decoded = await this.decoders()
      .run({ path, known: [] })
      .catch((cause: unknown) => {
        const error = asOcelliError(cause);
        if (errorKind(error.code).outcome === undefined) throw error;
        throw new OcelliError('QUERY_IMAGE', error.message, { cause });
      });
    const images = decoded.image ? [decoded.image.pixels] : [];
    return (await this.embedders().run({ images })).vectors;
  }

  /** @param base64 the bytes of an image file. @throws QUERY_IMAGE */
  async imageData(base64: string): Promise<Float32Array> {
    const folder = join(this.options.dataFolder, 'queries');
    const path = join(folder, randomUUID());
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(path, Buffer.from(base64, 'base64'));
      return await this.image(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  close(): void {
    this.embedder?.close();
    this.decoder?.close();
  }

  private embedders(): EmbedderPool {
    const { transports, model, precision, threads } = this.options;
    this.embedder ??= createEmbedders(transports.embedders, {
      name: 'query embedder',
      size: 1,
      depth: 4,
      model,
      precision,
      threads,
      first: 'text',
    });
    return this.embedder;
  }

  private decoders(): DecoderPool {
    const { transports, model, dataFolder } = this.options;
    this.decoder ??= createDecoders(transports.decoders, {
      name: 'query decoder',
      size: 1,
      depth: 1,
      model,
      thumbnailFolder: thumbnailFolderOf(dataFolder),
    });
    return this.decoder;
  }
}
