// Queries → vectors, in processes of their own at normal priority: a search never waits behind a
// batch of photos. They start with the first search and stay.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { asOcelliError, errorKind, OcelliError } from '../shared/errors.ts';
import type { Model } from '../shared/model.ts';
import { Recent } from '../shared/recent.ts';
import { thumbnailFolderOf } from '../shared/thumbnailPath.ts';
import {
  createDecoders,
  createEmbedders,
  type DecoderPool,
  type EmbedderPool,
  type PrecisionOf,
} from './pools.ts';
import type { WorkerTransports } from './transports.ts';

/** Of the last queries, half a megabyte: while photos are indexed their tower shares the processor. */
const mostVectors = 256;

export interface QueryEmbedderOptions {
  readonly transports: WorkerTransports;
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly threads: number;
  /** For the thumbnail that decoding leaves, and for pictures that came without a file. */
  readonly dataFolder: string;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
}

export class QueryEmbedder {
  private readonly options: QueryEmbedderOptions;
  private embedder: EmbedderPool | undefined;
  private decoder: DecoderPool | undefined;
  private readonly recent = new Recent<Float32Array>(mostVectors);

  constructor(options: QueryEmbedderOptions) {
    this.options = options;
  }

  texts(texts: readonly string[]): Promise<Float32Array[]> {
    const embed = async (text: string) => (await this.embedders().run({ texts: [text] })).vectors;
    return Promise.all(texts.map((text) => this.recent.get(`text ${text}`, () => embed(text))));
  }

  /** @throws QUERY_IMAGE naming the file and what is wrong with it */
  async image(path: string): Promise<Float32Array> {
    if (!isAbsolute(path)) throw new OcelliError('QUERY_IMAGE', `${path} is not an absolute path.`);
    // What cannot be asked for its time is refused in words by the decoder.
    const file = await stat(path).catch(() => undefined);
    const key = `file ${file?.mtimeMs} ${file?.size} ${path}`;
    return this.recent.get(key, () => this.embedFile(path));
  }

  /** @param base64 the bytes of an image file. @throws QUERY_IMAGE */
  imageData(base64: string): Promise<Float32Array> {
    const key = `data ${createHash('sha256').update(base64).digest('hex')}`;
    return this.recent.get(key, () => this.embedData(base64));
  }

  close(): void {
    this.embedder?.close();
    this.decoder?.close();
  }

  private async embedFile(path: string): Promise<Float32Array> {
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

  private async embedData(base64: string): Promise<Float32Array> {
    const folder = join(this.options.dataFolder, 'queries');
    const path = join(folder, randomUUID());
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(path, Buffer.from(base64, 'base64'));
      return await this.embedFile(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  private embedders(): EmbedderPool {
    const { transports, model, precision, threads, preparedFolder } = this.options;
    this.embedder ??= createEmbedders(transports.embedders, {
      name: 'query embedder',
      size: 1,
      depth: 4,
      model,
      precision,
      threads,
      first: 'text',
      preparedFolder,
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
