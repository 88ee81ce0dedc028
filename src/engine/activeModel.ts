// All that depends on which model understands the photos: its embedding space in the catalogue, its
// index, its processes for queries. Exchanged as a whole while the engine stays open.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model, Precision } from '../shared/model.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Space } from './catalog/contents.ts';
import type { PrecisionOf } from './pools.ts';
import { QueryEmbedder } from './queryEmbedder.ts';
import { queryThreads } from './resources.ts';
import type { Transports } from './transports.ts';
import { openEmbeddedIndex } from './vectors/embeddedIndex.ts';
import { KeptIndex, type VectorSource } from './vectors/keptIndex.ts';

export interface ActiveModelOptions {
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly catalog: Catalog;
  readonly dataFolder: string;
  readonly transports: Transports;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
  notice(message: string): void;
}

export class ActiveModel {
  readonly model: Model;
  readonly precision: PrecisionOf;
  readonly space: Space;
  readonly index: KeptIndex;
  readonly queries: QueryEmbedder;
  private readonly inUse = new Set<Promise<unknown>>();

  private constructor(options: ActiveModelOptions, space: Space, index: KeptIndex) {
    const { model, precision, transports, dataFolder, preparedFolder } = options;
    this.model = model;
    this.precision = precision;
    this.space = space;
    this.index = index;
    this.queries = new QueryEmbedder({
      transports: transports.queries,
      model,
      precision: this.precision,
      threads: queryThreads(),
      dataFolder,
      preparedFolder,
    });
  }

  /** @throws ADDON_MISSING, INDEX_LOCKED */
  static async open(options: ActiveModelOptions): Promise<ActiveModel> {
    const { catalog, dataFolder, model, precision, notice } = options;
    const { id, dimensions } = model.manifest;
    const key = spaceKey(id, precision.image);
    const space = catalog.contents.space(key, dimensions);
    const folder = indexFolder(dataFolder, key);
    const index = await KeptIndex.open({
      open: () => openEmbeddedIndex(folder, dimensions),
      discard: () => rm(folder, { recursive: true, force: true }),
      source: vectorSource(catalog, space),
      notice,
    });
    return new ActiveModel(options, space, index);
  }

  get id(): string {
    return this.model.manifest.id;
  }

  /** Work that needs it open to its end, however soon another model takes its place. */
  use<T>(work: (active: ActiveModel) => Promise<T>): Promise<T> {
    const working = work(this);
    const settled: Promise<unknown> = working
      .catch(() => undefined)
      .finally(() => this.inUse.delete(settled));
    this.inUse.add(settled);
    return working;
  }

  /**
   * Searches once for nothing, so that the first search of a person finds the process for words
   * started and the index in memory. What goes wrong is told to whoever searches.
   */
  warm(): void {
    const search = async () => {
      const [vector] = await this.queries.texts(['photo']);
      if (vector) await this.index.nearest(vector, { limit: 1 });
    };
    this.use(search).catch(() => {});
  }

  /** When what uses it has ended. */
  async close(): Promise<void> {
    await Promise.all(this.inUse);
    await this.end();
  }

  /** At once; searches that are under way are let go. */
  async end(): Promise<void> {
    this.queries.close();
    await this.index.close();
  }
}

/** What makes two embeddings comparable: the model, and the weights it ran with. */
export function spaceKey(id: string, precision: Precision): string {
  return `${id}-${precision}`;
}

export function indexFolder(dataFolder: string, key: string): string {
  return join(dataFolder, 'index', key);
}

function vectorSource(catalog: Catalog, space: Space): VectorSource {
  const { contents } = catalog;
  let mark = { seq: space.indexedSeq, clean: space.indexClean };
  return {
    after: (seq, limit) => contents.vectorsAfter(space.id, seq, limit),
    vector: (contentId) => contents.vector(space.id, contentId),
    liveIds: () => liveIds(catalog, space.id),
    liveCount: () => catalog.reader.read('liveCount', space.id),
    lastSeq: () => contents.lastSeq(),
    get mark() {
      return mark;
    },
    setMark(seq, clean) {
      mark = { seq, clean };
      contents.setIndexState(space.id, seq, clean);
    },
  };
}

/** Of one answer: they are parsed by the process that asks. */
const idsPerPage = 10_000;

async function* liveIds({ reader }: Catalog, spaceId: number): AsyncGenerator<number[]> {
  let last = 0;
  for (;;) {
    const ids = await reader.read('liveIds', spaceId, last, idsPerPage);
    yield ids;
    if (ids.length < idsPerPage) return;
    last = ids.at(-1) ?? last;
  }
}
