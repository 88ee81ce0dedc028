// The whole search call, from words to rows, in a large library: while nothing else is done, and while
// photos are being indexed. A process of its own, as hosts have it.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../../src/engine/engine.ts';
import { usualResources } from '../../src/engine/resources.ts';
import type { EngineApi, SearchAnswer } from '../../src/shared/contract.ts';
import type { FileFacts } from '../../src/shared/files.ts';
import type { Model, Precision } from '../../src/shared/model.ts';
import { answerJob } from './inProcess.ts';
import { type Latency, latency } from './statistics.ts';
import { type FolderOfPhotos, writeLibrary } from './syntheticLibrary.ts';

export interface SearchCallJob {
  readonly folder: string;
  readonly model: Model;
  readonly precision: Precision;
  readonly photos: number;
  readonly queries: number;
  /** Indexed while searches go on. */
  readonly indexFolders: readonly string[];
}

/** Milliseconds. */
export interface SearchLatencies {
  /** As the caller waits. */
  readonly whole: Latency;
  /** The text tower in its process. */
  readonly words: Latency;
  readonly vectors: Latency;
  /** Names, rows, ranks. */
  readonly names: Latency;
  /** The whole without the text tower. */
  readonly besidesWords: Latency;
}

export interface SearchCallFigures {
  readonly photos: number;
  readonly dimensions: number;
  /** Filling the index from the catalogue, as after its loss. */
  readonly rebuildPerSecond: number;
  readonly idle: SearchLatencies;
  /** A word that every name has: the most that names can cost. */
  readonly everyName: SearchLatencies;
  readonly duringRun: SearchLatencies;
  /** Of the run meanwhile. */
  readonly runPhotosPerSecond: number;
}

/** A person's pace, so that searches do not become the load that is measured. */
const pauseMs = 100;
const warmUp = 10;

answerJob<SearchCallJob, SearchCallFigures>(async (job) => {
  const { model, precision } = job;
  const dataFolder = join(job.folder, 'data');
  const root = join(job.folder, 'a disk that is not connected');
  writeLibrary({ dataFolder, model, precision, root, folders: inventFolders(root, job.photos) });
  const start = performance.now();
  const engine = await openEngine({
    ...{ dataFolder, modelFolder: model.folder, precision, trustPrecision: true },
    // Nothing is to be measured of the machine while searches are.
    resources: usualResources(),
  });
  const openMs = performance.now() - start;
  try {
    const some = Math.ceil(job.queries / 4);
    const idle = await searchMany(engine, job.queries, 0);
    const everyName = await searchMany(engine, some, 0, () => 'img');
    const running = engine.call('index', { folders: [...job.indexFolders] });
    let over = false;
    running.finally(() => {
      over = true;
    });
    const duringRun = await searchMany(
      engine,
      Number.POSITIVE_INFINITY,
      pauseMs,
      words,
      () => over,
    );
    const report = await running;
    if (report.outcome !== 'complete') throw new Error(`the run ended: ${JSON.stringify(report)}`);
    return {
      photos: job.photos,
      dimensions: model.manifest.dimensions,
      rebuildPerSecond: (job.photos / openMs) * 1000,
      idle,
      everyName,
      duringRun,
      runPhotosPerSecond: (report.embedded / report.workMs) * 1000,
    };
  } finally {
    await engine.close();
  }
});

async function searchMany(
  engine: EngineApi,
  count: number,
  pause: number,
  query: (number: number) => string = words,
  isOver: () => boolean = () => false,
): Promise<SearchLatencies> {
  for (let i = 0; i < warmUp; i++) await engine.call('search', { words: query(i) });
  const whole: number[] = [];
  const answers: SearchAnswer[] = [];
  for (let i = 0; i < count && !isOver(); i++) {
    const start = performance.now();
    const answer = await engine.call('search', { words: query(i) });
    whole.push(performance.now() - start);
    answers.push(answer);
    if (pause > 0) await sleep(pause);
  }
  return {
    whole: latency(whole),
    words: latency(answers.map(({ times }) => times.embedMs)),
    vectors: latency(answers.map(({ times }) => times.vectorsMs)),
    names: latency(answers.map(({ times }) => times.namesMs)),
    besidesWords: latency(answers.map((answer, i) => (whole[i] ?? 0) - answer.times.embedMs)),
  };
}

const things = ['dog', 'boat', 'bridge', 'wedding cake', 'red car', 'mountain', 'old church'];
const places = ['beach', 'snow', 'rain', 'the garden', 'lisbon', 'a street at night'];

/** Another query each time, about a third of which a folder's name answers too. */
function words(number: number): string {
  const thing = things[number % things.length] ?? '';
  const place = places[number % places.length] ?? '';
  return number % 3 === 0 ? place : `a ${thing} in ${place}`;
}

/** Folders and files as people name them; no such files are there. */
function inventFolders(root: string, photos: number): FolderOfPhotos[] {
  const perFolder = 250;
  return Array.from({ length: Math.ceil(photos / perFolder) }, (_, folder) => {
    const place = places[folder % places.length] ?? '';
    const first = folder * perFolder;
    const count = Math.min(perFolder, photos - first);
    const files = Array.from({ length: count }, (_, i) => inventFile(first + i));
    return { path: join(root, String(1990 + (folder % 35)), `${folder} ${place}`), files };
  });
}

function inventFile(number: number): FileFacts {
  const name = `IMG_${String(number).padStart(6, '0')}.jpg`;
  return { name, bytes: 100_000 + number, mtimeMs: 1.6e12 + number, inode: null };
}
