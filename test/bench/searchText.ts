// The search figures as Markdown.
import { aims } from './aims.ts';
import { against, type Cell, number, table } from './markdown.ts';
import type { SearchLatencies } from './searchCallProcess.ts';
import type { SearchFigures } from './searching.ts';
import type { Latency } from './statistics.ts';

export function searchText({ vectors, calls }: SearchFigures): string {
  const parts = [
    '## Search',
    `### The embedded index: ${number(vectors.vectors)} vectors of ${vectors.dimensions} numbers`,
    'Synthetic vectors in 500 clusters, one query after the other, the 100 nearest of each. Exact: compared with every vector, as the smallest libraries are searched. Else: as the app searches. Recall: the share of the exact answer that is found so.',
    vectorTable(vectors),
  ];
  for (const call of calls) {
    parts.push(
      `### The whole call among ${number(call.photos)} photos: ${call.model} ${call.precision}`,
      `Words in, rows out, twenty hits; each query another one, a third of them the name of folders as well. The words are embedded in a process of their own. During a run: while the engine indexed ${number(call.runPhotosPerSecond)} photos/s, a search every 100 ms. The index was filled from the catalogue at ${number(call.rebuildPerSecond)} vectors/s when the engine opened. Peak memory of all processes: ${number(call.peakRssMb ?? Number.NaN)} MB.`,
      callTable([
        ['idle', call.idle],
        ['idle, a word that every name has', call.everyName],
        ['during a run', call.duringRun],
      ]),
    );
  }
  return parts.join('\n\n');
}

function vectorTable(figures: SearchFigures['vectors']): string {
  const { exact, searched, rssMb } = figures;
  const rows: Cell[][] = [
    ['exact, p50 ms', exact.p50],
    ['exact, p95 ms', exact.p95, reached(exact.p95, aims.exactP95Ms)],
    ['as the app searches, p50 ms', searched.p50],
    ['as the app searches, p95 ms', searched.p95, reached(searched.p95, aims.searchP95Ms)],
    ['recall@100', figures.recallAt100.toFixed(3)],
    ['upserts/s', figures.upsertsPerSecond],
    ['memory before, MB', rssMb.before],
    ['memory with the vectors, MB', rssMb.filled],
    ['memory after searches, MB', rssMb.searched],
  ];
  return table(
    ['', 'measured', 'aim'],
    rows.map(([name, value, aim]) => [name, value, aim ?? '']),
  );
}

function reached(p95: number, aim: number): string {
  return against(p95 <= aim, `≤ ${aim} ms`);
}

function callTable(rows: readonly [string, SearchLatencies][]): string {
  const header = ['p50 / p95, ms', 'whole call', 'words', 'vectors', 'names and rows', 'queries'];
  return table(
    [...header.slice(0, 2), 'besides the words', ...header.slice(2)],
    rows.map(([name, { whole, besidesWords, words, vectors, names }]) => [
      name,
      both(whole),
      both(besidesWords),
      both(words),
      both(vectors),
      both(names),
      String(whole.count),
    ]),
  );
}

function both({ p50, p95 }: Latency): string {
  return `${number(p50)} / ${number(p95)}`;
}
