// The benchmark, in its reading order: the machine, the models, the photos; indexing, a second run,
// search, the app, scrolling, memory, manners, sweep, scale; a page of Markdown and a file for
// programs. `npm run bench -- --help` says what it takes.
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureApp } from './app/app.ts';
import { measureDrawing } from './drawing.ts';
import { canStopProcesses } from './indexing/contestant.ts';
import {
  type IndexingFigures,
  type IndexingOptions,
  measureIndexing,
} from './indexing/indexing.ts';
import { describeMachine } from './machine.ts';
import { measureManners } from './manners.ts';
import { measureMemory } from './memory.ts';
import { benchModels } from './models.ts';
import { help, type Options, parseOptions } from './options.ts';
import { PhotoSet } from './photoSets.ts';
import { cache } from './places.ts';
import { measureRescan } from './rescan.ts';
import { type Results, rowsOf } from './results.ts';
import { resultsText } from './resultsText.ts';
import { measureScale } from './scale.ts';
import { measureScrolling } from './scrolling.ts';
import { measureSearch } from './searching.ts';
import { measureSweep } from './sweep.ts';

const start = performance.now();

await main().catch((error: unknown) => {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(help);
    return;
  }
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'run-'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(130);
    });
  }
  try {
    const results = await measure(folder, options);
    await write(results, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, { effort, only, patience }: Options): Promise<Results> {
  const machine = describeMachine();
  const notes: string[] = [];
  const models = await benchModels((note) => notes.push(note));
  const starter = models.at(-1);
  if (!starter) throw new Error(`There is no model to measure with. ${notes.join(' ')}`);
  const set = await PhotoSet.small(join(folder, 'photos'));
  const quick = effort.name === 'quick';
  if (only.has('indexing') && !canStopProcesses) {
    notes.push('Indexing is compared in turns, for which this system has no means.');
  }
  const common = { models, set, folder, effort, patience, cores: machine.cores, tell };
  const app = only.has('app')
    ? await measureApp({ ...common, bench: starter, note: (note) => notes.push(note) })
    : undefined;
  const scrolling = only.has('scrolling')
    ? await measureScrolling({
        ...common,
        quick,
        note: (note) => notes.push(note),
      })
    : undefined;
  const memory = only.has('memory')
    ? await measureMemory({ ...common, bench: starter, quick })
    : undefined;
  return {
    machine,
    effort: effort.name,
    notes,
    ...(only.has('indexing') && canStopProcesses ? { indexing: await measureSets(common) } : {}),
    ...(only.has('rescan') ? { rescan: await measureRescan({ ...common, bench: starter }) } : {}),
    ...(only.has('search') ? { search: await measureSearch(common) } : {}),
    ...(only.has('manners')
      ? {
          manners: await measureManners({ ...common, bench: starter, quick }),
          drawing: await measureDrawing({ ...common, bench: starter, quick }),
        }
      : {}),
    ...(only.has('sweep') ? { sweep: await measureSweep({ ...common, quick }) } : {}),
    ...(app ? { app } : {}),
    ...(scrolling ? { scrolling } : {}),
    ...(only.has('scale') ? { scale: await measureScale(common) } : {}),
    ...(memory ? { memory } : {}),
  };
}

/** Indexing, with one kind of photos after the other. */
async function measureSets(options: IndexingOptions): Promise<IndexingFigures[]> {
  const figures = [await measureIndexing(options)];
  for (const name of ['camera', 'progressive', 'png'] as const) {
    options.tell(`photos: ${name}`);
    const set = await PhotoSet.made(name, join(options.folder, `photos-${name}`));
    figures.push(await measureIndexing({ ...options, set }));
  }
  return figures;
}

async function write(results: Results, { json, out }: Options): Promise<void> {
  const text = resultsText(results);
  process.stdout.write(text);
  if (out !== undefined) await writeFile(out, text);
  if (json === undefined) return;
  const rows = (results.indexing ?? []).flatMap(rowsOf);
  const { machine, ...rest } = results;
  await writeFile(json, `${JSON.stringify({ machine, rows, ...rest }, null, 2)}\n`);
}

function tell(text: string): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  console.error(`${String(seconds).padStart(4)} s  ${text}`);
}
