// One size of library, from its index's making to its forgetting. A process of its own.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../src/engine/catalog/database.ts';
import { FilteredContents } from '../../src/engine/catalog/filteredContents.ts';
import { Reader } from '../../src/engine/catalog/reader.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { type NearOptions, nearPhotos } from '../../src/engine/search/nearPhotos.ts';
import { openEmbeddedIndex } from '../../src/engine/vectors/embeddedIndex.ts';
import type { ContentIds } from '../../src/engine/vectors/vectorIndex.ts';
import type { EngineApi } from '../../src/shared/contract.ts';
import type { Storage } from '../../src/shared/settings.ts';
import { clusteredVectors, wordVectors } from './clusteredVectors.ts';
import { type GraphFigures, graphSearch } from './graphSearch.ts';
import { answerJob } from './inProcess.ts';
import { clusters, dimensions, type ScaleLibrary, writeScaleLibrary } from './scaleLibrary.ts';
import { type Found, recall, searchAll, warmUp } from './searchRuns.ts';
import { type Latency, latency } from './statistics.ts';

export interface ScaleJob {
  readonly folder: string;
  readonly photos: number;
  readonly onDisk: number;
  readonly queries: number;
}

export interface FilteredFound extends Found {
  readonly name: string;
  readonly share: number;
  /** The first search with the filter, which finds no list of its photos; milliseconds. */
  readonly firstMs: number;
}

export interface ScaleFigures {
  readonly photos: number;
  readonly onDisk: number;
  readonly writeSeconds: number;
  /** The index made from the catalogue, as after its loss. */
  readonly upsertSeconds: number;
  readonly openMs: number;
  /** After a session that did not end in order: the ids of both sides are compared. */
  readonly openAfterKillMs: number;
  readonly exact: Latency;
  /** As the app searches; what looks like a photo. */
  readonly all: Found;
  /** As a search asks for them, for its pages. */
  readonly all1000: Found;
  readonly filtered: readonly FilteredFound[];
  /** Queries that lie as words do, far from all photos. */
  readonly words: {
    readonly all: Found;
    readonly all1000: Found;
    readonly filtered: FilteredFound;
  };
  /** The same through a graph, which the app has none of. */
  readonly graph: GraphFigures;
  /** Calls of the engine and reads, milliseconds. */
  readonly calls: Readonly<Record<string, Latency>>;
  readonly rescanMs: number;
  /** All that is on the disk found again in another folder. */
  readonly moveMs: number;
  /** The longest that the process was held up by that. */
  readonly moveHeldMs: number;
  readonly forgetMs: number;
  /** The longest that the process was held up by forgetting. */
  readonly forgetHeldMs: number;
  readonly rssMb: { readonly open: number; readonly searched: number };
  readonly storage: Storage;
}

const limit = 100;
const pauseMs = 500;

answerJob<ScaleJob, ScaleFigures>(async (job) => {
  const writing = performance.now();
  const library = await writeScaleLibrary(job);
  const writeSeconds = secondsSince(writing);
  const { dataFolder, modelFolder } = library;
  const open = () => openEngine({ dataFolder, modelFolder });

  const filling = performance.now();
  let engine = await open();
  const upsertSeconds = secondsSince(filling);
  await engine.close();

  const searches = await measureIndex(library, job.queries);

  markUnclean(library);
  const killed = performance.now();
  engine = await open();
  const openAfterKillMs = performance.now() - killed;
  await engine.close();
  const opening = performance.now();
  engine = await open();
  const openMs = performance.now() - opening;
  const opened = rssMb();
  const calls = await measureCalls(engine, library);
  const rescanning = performance.now();
  await engine.call('index', { folders: [library.onDisk] });
  const rescanMs = performance.now() - rescanning;
  const searched = rssMb();
  const storage = await engine.call('storage', {});
  await moveAll(library.onDisk);
  const move = await watched(() => engine.call('index', { folders: [library.onDisk] }));
  const { indexed, embedded } = move.result;
  if (indexed < job.onDisk || embedded > 0) throw new Error('the move was not followed');
  const forget = await watched(() => engine.call('forget', { folder: library.onDisk }));
  await engine.close();
  await rm(job.folder, { recursive: true, force: true });
  return {
    photos: job.photos,
    onDisk: job.onDisk,
    writeSeconds,
    upsertSeconds,
    openMs,
    openAfterKillMs,
    ...searches,
    calls,
    rescanMs,
    moveMs: move.ms,
    moveHeldMs: move.heldMs,
    forgetMs: forget.ms,
    forgetHeldMs: forget.heldMs,
    rssMb: { open: opened, searched },
    storage,
  };
});

async function measureIndex(library: ScaleLibrary, count: number) {
  const index = await openEmbeddedIndex(library.indexFolder, dimensions);
  const catalog = join(library.dataFolder, 'catalog.sqlite');
  const reader = new Reader(catalog);
  const filteredContents = new FilteredContents(catalog, reader);
  const take = (stream: Generator<Float32Array, never>) =>
    Array.from({ length: count + warmUp }, () => stream.next().value);
  const photos = take(clusteredVectors({ ...clusters, stream: 2 }));
  const words = take(wordVectors({ ...clusters, stream: 2 }));
  const parts = {
    reader,
    filteredContents,
    nearest: index.nearest.bind(index),
  };
  const asked = (queries: readonly Float32Array[], options: NearOptions) =>
    searchAll(queries, async (query) => {
      const near = await nearPhotos(parts, query, options);
      return near.points.map(({ id }) => id);
    });
  // Its thread takes a moment to start, which is not the first filter's.
  await reader.read('version');
  try {
    const truth = await searchAll(someOf(photos), (query) => exact(query, undefined));
    const wordTruth = await searchAll(someOf(words), (query) => exact(query, undefined));
    const filtered: FilteredFound[] = [];
    for (const each of library.filters) filtered.push(await narrowed(photos, each));
    const camera = library.filters.find(({ name, share }) => name === 'camera' && share === 0.1);
    if (!camera) throw new Error('no camera has a tenth of the photos');
    const figures = {
      exact: latency(truth.ms),
      all: await unfiltered(photos, limit, truth.found),
      all1000: await unfiltered(photos, 1000, truth.found),
      filtered,
      words: {
        all: await unfiltered(words, limit, wordTruth.found),
        all1000: await unfiltered(words, 1000, wordTruth.found),
        filtered: await narrowed(words, camera),
      },
    };
    await index.close();
    const graph = await graphSearch(library.indexFolder, limit, [
      { queries: photos, truth: truth.found },
      { queries: words, truth: wordTruth.found },
    ]);
    return { ...figures, graph };
  } finally {
    await filteredContents.settled();
    await reader.close();
    await index.close();
  }

  async function unfiltered(
    queries: readonly Float32Array[],
    limit: number,
    truth: readonly number[][],
  ): Promise<Found> {
    const { ms, found } = await asked(queries, { limit, wanted: limit });
    return { ...latency(ms), recall: recall(truth, found) };
  }

  async function narrowed(
    queries: readonly Float32Array[],
    { name, share, filter }: ScaleLibrary['filters'][number],
  ): Promise<FilteredFound> {
    const options = { limit, wanted: limit, filter };
    const { firstMs } = await asked(queries.slice(0, 2), options);
    // The second has the photos listed, where the first has not. People type more slowly.
    await filteredContents.settled();
    const { ms, found } = await asked(queries, options);
    const among = await reader.read('contentsLeft', filter);
    const truth = await searchAll(someOf(queries), (query) => exact(query, among));
    return { name, share, ...latency(ms), recall: recall(truth.found, found), firstMs };
  }

  /** For what takes long: enough to tell the recall. */
  function someOf(queries: readonly Float32Array[]): readonly Float32Array[] {
    return queries.slice(0, Math.ceil(count / 4) + warmUp);
  }

  async function exact(query: Float32Array, among: ContentIds | undefined) {
    const points = await index.nearest(query, { limit, exact: true, ...(among ? { among } : {}) });
    return points.map(({ id }) => id);
  }
}

async function measureCalls(engine: EngineApi, library: ScaleLibrary) {
  const { hugeMonth, typicalMonth, filters, dataFolder } = library;
  const month = filters.find(({ name, share }) => name === 'camera' && share === 0.1)?.filter ?? {};
  const reader = new Reader(join(dataFolder, 'catalog.sqlite'));
  let photo = 7;
  const names = (word: string) => () => reader.read('names', [word], { limit: 1000, near: [] });
  const calls: Record<string, () => Promise<unknown>> = {
    status: () => engine.call('status', {}),
    timeline: () => engine.call('timeline', {}),
    'timeline of a camera (10 %)': () => engine.call('timeline', { filter: month }),
    'a typical month': () => engine.call('photosOf', { month: typicalMonth }),
    'the first of a huge month': () => engine.call('photosOf', { month: hugeMonth }),
    'a huge month of a camera': () => engine.call('photosOf', { month: hugeMonth, filter: month }),
    folders: () => engine.call('folders', {}),
    facets: () => engine.call('facets', {}),
    'search, like a photo': () => engine.call('search', { similarTo: photo++, limit: 100 }),
    'search, of a camera (10 %)': () =>
      engine.call('search', { similarTo: photo++, limit: 100, filter: month }),
    'names: one photo': names('0000007'),
    'names: an eighth of all': names('lisbon'),
    'names: all': names('img'),
  };
  const results: Record<string, Latency> = {};
  for (const [name, call] of Object.entries(calls)) {
    const ms: number[] = [];
    for (let i = 0; i < 2; i++) await call();
    // People pause between two calls: what the first have listed beside them is there.
    await sleep(pauseMs);
    for (let i = 0; i < 12; i++) {
      const start = performance.now();
      await call();
      if (i >= 2) ms.push(performance.now() - start);
    }
    results[name] = latency(ms);
  }
  await reader.close();
  return results;
}

/** All folders of a root into another one in it. */
async function moveAll(root: string): Promise<void> {
  const names = await readdir(root);
  const into = join(root, 'moved');
  await mkdir(into);
  for (const name of names) await rename(join(root, name), join(into, name));
}

/** As kill −9 leaves it after something was written. */
function markUnclean({ dataFolder }: ScaleLibrary): void {
  const database = new Database(join(dataFolder, 'catalog.sqlite'));
  database.exec('UPDATE spaces SET index_clean = 0');
  database.close();
}

/** How long the work takes, and the longest that it kept others from their turn; milliseconds. */
async function watched<Result>(work: () => Promise<Result>) {
  let heldMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    heldMs = Math.max(heldMs, now - last - 1);
    last = now;
  }, 1);
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  clearInterval(timer);
  return { result, ms, heldMs };
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

function rssMb(): number {
  return process.memoryUsage.rss() / 1e6;
}
