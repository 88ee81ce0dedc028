// The figures of libraries of all sizes as Markdown: one column for each size.
import { aims } from './aims.ts';
import { type Cell, number, table } from './markdown.ts';
import type { FilteredFound, ScaleFigures } from './scaleProcess.ts';
import type { Found } from './searchRuns.ts';
import type { Latency } from './statistics.ts';

export function scaleText(figures: readonly ScaleFigures[]): string {
  return [
    '## Scale',
    `Libraries of made-up photos with vectors of 512 numbers in 500 clusters, each in a process of its own, written through the catalogue's own code. Of the largest, ${number(figures.at(-1)?.onDisk ?? 0)} photos are files on the disk, to be looked through again and forgotten; the rest is on a disk that is away.`,
    '### Search: the 100 nearest, p50 / p95 in ms and recall@100',
    `Aim: p95 ≤ ${aims.scaleP95Ms} ms at a recall of ${aims.scaleRecall} and more, filters included. Short of it: bold. With a filter the time holds the catalogue's part. Queries lie as photos do, in the rows of words as words do: far from all photos. Below, the same through a graph (HNSW, m 16, with int8 in memory), which is made for that and not used by the app.`,
    searchTable(figures),
    '### The first search with a filter, ms',
    'Where a filter leaves few photos, they are listed then; else it does without, and the second search has them listed meanwhile. Those above find the list, which is kept until something is written.',
    firstTable(figures),
    '### Calls, p50 / p95 in ms',
    callTable(figures),
    '### Cost per photo',
    'Flat is what does not grow from left to right.',
    costTable(figures),
    '### The whole',
    wholeTable(figures),
  ].join('\n\n');
}

function searchTable(figures: readonly ScaleFigures[]): string {
  return bySize(figures, [
    ['exact', (each) => both(each.exact)],
    ['all', (each) => found(each.all)],
    ['all, the 1,000 nearest, as a search asks for', (each) => found(each.all1000)],
    ...filterRows(figures, found),
    ['words, all', (each) => found(each.words.all)],
    ['words, all, the 1,000 nearest', (each) => found(each.words.all1000)],
    ['words, camera, 10 %', (each) => found(each.words.filtered)],
    ['all, through a graph', (each) => each.graph.found[0] && found(each.graph.found[0])],
    ['words, through a graph', (each) => each.graph.found[1] && found(each.graph.found[1])],
  ]);
}

function firstTable(figures: readonly ScaleFigures[]): string {
  return bySize(
    figures,
    filterRows(figures, ({ firstMs }) => firstMs),
  );
}

function filterRows(figures: readonly ScaleFigures[], cell: (found: FilteredFound) => Cell): Row[] {
  const filtered = figures[0]?.filtered ?? [];
  return filtered.map(({ name, share }, i) => [
    `${name}, ${share * 100} %`,
    (each) => {
      const figure = each.filtered[i];
      return figure && cell(figure);
    },
  ]);
}

function callTable(figures: readonly ScaleFigures[]): string {
  const names = Object.keys(figures[0]?.calls ?? {});
  return bySize(
    figures,
    names.map(
      (name): Row => [
        name,
        (each) => {
          const call = each.calls[name];
          return call && both(call);
        },
      ],
    ),
  );
}

function costTable(figures: readonly ScaleFigures[]): string {
  return bySize(figures, [
    ['into the index, ms', (each) => (each.upsertSeconds / each.photos) * 1000],
    ['a graph of it, ms', (each) => (each.graph.makingSeconds / each.photos) * 1000],
    ['looked at again, unchanged, ms', (each) => each.rescanMs / each.onDisk],
    ['moved to another folder, ms', (each) => each.moveMs / each.onDisk],
    ['forgotten, ms', (each) => each.forgetMs / each.onDisk],
    ['catalogue, bytes', (each) => each.storage.catalogBytes / each.photos],
    ['index, bytes', (each) => each.storage.indexBytes / each.photos],
    ['memory after searches, bytes', (each) => (each.rssMb.searched * 1e6) / each.photos],
  ]);
}

function wholeTable(figures: readonly ScaleFigures[]): string {
  return bySize(figures, [
    ['start, ms', (each) => each.openMs],
    ['start after kill −9, ms', (each) => each.openAfterKillMs],
    ['index made from the catalogue, s', (each) => each.upsertSeconds],
    ['a graph made of a copy, s', (each) => each.graph.makingSeconds],
    ['longest hold-up while photos are moved, ms', (each) => each.moveHeldMs],
    ['longest hold-up while forgetting, ms', (each) => each.forgetHeldMs],
    ['resident memory after the start, MB', (each) => each.rssMb.open],
    ['resident memory after searches, MB', (each) => each.rssMb.searched],
    ['catalogue, MB', (each) => each.storage.catalogBytes / 1e6],
    ['index, MB', (each) => each.storage.indexBytes / 1e6],
  ]);
}

type Row = [name: string, cell: (figures: ScaleFigures) => Cell];

function bySize(figures: readonly ScaleFigures[], rows: readonly Row[]): string {
  return table(
    ['', ...figures.map(({ photos }) => number(photos))],
    rows.map(([name, cell]) => [name, ...figures.map(cell)]),
  );
}

function found(figure: Found): string {
  const text = `${both(figure)}, ${figure.recall.toFixed(3)}`;
  const reached = figure.p95 <= aims.scaleP95Ms && figure.recall >= aims.scaleRecall;
  return reached ? text : `**${text}**`;
}

function both({ p50, p95 }: Latency): string {
  return `${number(p50)} / ${number(p95)}`;
}
