// The app's own figures, in its own window: the start, search as one types, how long its main process
// is held up, and what it indexes against the command line.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from '../../e2e/electron/support/buildApp.ts';
import { findElectron, openDisplay } from '../../e2e/electron/support/electronHere.ts';
import type { Effort } from '../effort.ts';
import { inProcess } from '../inProcess.ts';
import type { BenchModel } from '../models.ts';
import type { PhotoSet } from '../photoSets.ts';
import type { Library, LibraryJob } from './libraryProcess.ts';
import type { AppHere } from './runningApp.ts';
import { measureSearchInWindow, type SearchInWindowFigures } from './searches.ts';
import { type Held, measureHeldAtStart, measureStarts, type StartFigures } from './starts.ts';
import { measureThroughput, type ThroughputFigures } from './throughput.ts';

export interface AppFigures {
  readonly photos: number;
  readonly months: number;
  readonly start: StartFigures;
  /** The same with a library that holds nothing: what of it is Electron and the page. */
  readonly emptyStart: StartFigures;
  readonly heldAtStart: Held;
  readonly search: SearchInWindowFigures;
  readonly throughput: ThroughputFigures;
}

export interface AppOptions {
  /** The starter model: what the app has in hand when nobody chose another. */
  readonly bench: BenchModel;
  readonly set: PhotoSet;
  readonly folder: string;
  readonly effort: Effort;
  /** Seconds to wait, before each start and each run, for a quiet machine. */
  readonly patience: number;
  tell(text: string): void;
  /** Told what is left out, and why. */
  note(text: string): void;
}

/** Photos a second to reckon with when a run is made long enough, and seconds that a query takes. */
const mostPerSecond = 100;
const querySeconds = 4;

/** Undefined where this machine cannot show a window. */
export async function measureApp(options: AppOptions): Promise<AppFigures | undefined> {
  const electron = findElectron();
  const display = 'reason' in electron ? electron : await openDisplay();
  if ('reason' in electron || 'reason' in display) {
    const { reason } = 'reason' in electron ? electron : (display as { reason: string });
    options.note(`The app was left out: ${reason}.`);
    return undefined;
  }
  const folder = await mkdtemp(join(options.folder, 'app-'));
  try {
    await buildApp();
    return await measure({ program: electron.program, display: display.name }, folder, options);
  } finally {
    display.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(here: AppHere, folder: string, options: AppOptions): Promise<AppFigures> {
  const { effort, set, bench, patience, tell } = options;
  tell(`a library of ${effort.vectors} photos for the app`);
  const { result: library } = await inProcess<LibraryJob, Library>('app/libraryProcess.ts', {
    folder: join(folder, 'library'),
    photos: effort.vectors,
    model: bench.model,
    precision: bench.precisions.at(-1) ?? 'float32',
    originals: await set.paths(set.size),
  });
  const { dataFolder, photos, months } = library;
  const count = effort.starts;
  tell('starting with it');
  const start = await measureStarts(here, () => dataFolder, 'library', { count, patience });
  tell('starting with an empty library');
  const empty = join(folder, 'empty');
  await mkdir(empty);
  const emptyStart = await measureStarts(here, () => empty, 'empty', { count, patience });
  tell('how long its main process is held up at the start');
  const heldAtStart = await measureHeldAtStart(here, dataFolder);
  const search = await measureSearchInWindow({
    here,
    dataFolder,
    folders: await set.folders(mostPerSecond * effort.typedQueries * querySeconds),
    queries: effort.typedQueries,
    tell,
  });
  const throughput = await measureThroughput({
    here,
    folder,
    folders: await set.folders(mostPerSecond * effort.seconds),
    rounds: effort.appRounds,
    patience,
    tell,
  });
  return { photos, months, start, emptyStart, heldAtStart, search, throughput };
}
