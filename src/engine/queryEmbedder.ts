// Queries → vectors, in processes of their own at normal priority: a search never waits behind a
// batch of photos. They start with the first search and stay.
import { isAbsolute } from 'node:path';
import { asOcelliError, errorKind, OcelliError } from '../shared/errors.ts';
import type { Model } from '../shared/model.ts';
import type { Transport } from './pool/transport.ts';
import {
  createDecoders,
  createEmbedders,
  type DecoderPool,
  type EmbedderPool,
  type PrecisionOf,
} from './pools.ts';

export interface QueryEmbedderOptions {
  readonly transport: Transport;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly threads: number;
  /** The thumbnail that decoding a query image leaves; it is that of the content, if it is known. */
  readonly thumbnailFolder: string;
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

  close(): void {
    this.embedder?.close();
    this.decoder?.close();
  }

  private embedders(): EmbedderPool {
    const { transport, model, precision, threads } = this.options;
    this.embedder ??= createEmbedders(transport, {
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
    const { transport, model, thumbnailFolder } = this.options;
    this.decoder ??= createDecoders(transport, {
      name: 'query decoder',
      size: 1,
      depth: 1,
      model,
      thumbnailFolder,
    });
    return this.decoder;
  }
}
