// The indexing figures as Markdown: ratios first, then the rows of the reported table, then the bound.

import { aims } from './aims.ts';
import { fullPriority } from './fullPriority.ts';
import {
  type BoundOf,
  type Configuration,
  type IndexingFigures,
  tolerableDisturbance,
} from './indexing.ts';
import { against, type Cell, number, percent, table } from './markdown.ts';
import { find, type Row, rowsOf } from './results.ts';

export function indexingText(sets: readonly IndexingFigures[], cores: number): string {
  const { decoders = 0, embedders = 0, threads = 0 } = sets[0]?.resources ?? {};
  return [
    '## Indexing',
    `Photos of several kinds, in as many distinct copies as a run needs to last (bytes behind the end of the picture give each its own hash), into a fresh data folder each time, through the engine's own call, at its speed 'full', niceness ${fullPriority}, at which the reported configuration runs too. Ours: ${decoders} decoders, ${embedders} embedders of ${threads} thread${threads === 1 ? '' : 's'}. Photos a second in full swing, from the first ones stored to the last but for half a second: what it takes processes to start is in neither of the two, and beside it for ours, from the first photo handed to a decoder to the last one stored. The fastest of all rounds, in brackets the slowest: what else a machine does can only slow a run down. Peak memory is that of all processes, pages that they share counted once; the sum of their resident memory counts them once for each.`,
    '*Reported*: the configuration of the report, ported as it was (one process, parallel execution mode, intra = inter = cores, batches of 32, decode then embed), without its start-up and without thumbnails, metadata or a catalogue, all of which ours makes meanwhile. For ours in int8 the ratio is to the reported float32, as that is where the report stands.',
    `*The bound*: cores ÷ (CPU time to decode one photo + CPU time to embed one), each measured alone in one process. Decoding is ours, whole: reading, hash, one decode, metadata, the model's pixels, the thumbnail. Embedding is our image tower with one thread in batches of 8. *All cores*: the same with a process on each core at once, which is all that this machine gives when it is busy.`,
    ...sets.map((figures) => setText(figures, cores)),
  ].join('\n\n');
}

function setText(figures: IndexingFigures, cores: number): string {
  return [
    `### ${figures.set[0]?.toUpperCase()}${figures.set.slice(1)} photos: ${figures.aboutSet}`,
    ratioTable(figures),
    ...disturbance(figures.configurations),
    table(['upserts', 'share of the clock', 'aim'], rowsOf(figures).map(upsertRow)),
    'The rows of the report. Stage times of ours are summed over all processes, so they may exceed the total; their shares are of all work. Those of the reported pipeline are of the clock, as it does one thing after the other. Total time holds the start of the processes, throughput does not.',
    reportTable(figures.configurations),
    'What the bound is made of.',
    boundTable(figures, cores),
  ].join('\n\n');
}

function disturbance(configurations: readonly Configuration[]): string[] {
  const most = Math.max(...configurations.map(({ run }) => run.takenByOthers ?? 0));
  if (most <= tolerableDisturbance) return [];
  return [
    `**Other programs took up to ${percent(most)} of the processor during these runs**: throughput is too low by that, the share of the bound with it, and ratios are only as good as the disturbance was even. The bound and the CPU times are hardly touched.`,
  ];
}

function ratioTable(figures: IndexingFigures): string {
  const header = [
    'model',
    'ours, photos/s',
    'with its start',
    'reported, same precision',
    '… prefetching',
    'ratio to reported',
    'aim',
    'bound',
    'share of bound',
    'aim',
    'peak memory, MB',
    'aim',
    'sum of resident',
  ];
  return table(
    header,
    rowsOf(figures).map((row) => ratioRow(row, figures)),
  );
}

function ratioRow(row: Row, figures: IndexingFigures): Cell[] {
  const { model, precision, ratioToReported: ratio = 0, fractionOfBound: fraction = 0 } = row;
  const mostMb = aims.peakMemoryMb[precision];
  const rate = (pipeline: Configuration['pipeline']) => {
    const configuration = find(figures, pipeline, model, precision);
    return configuration && withRange(configuration);
  };
  return [
    `${model} ${precision}`,
    row.ours,
    rate('ours'),
    rate('reported'),
    rate('reported, prefetching'),
    ratio,
    row.aimOfRatio && against(ratio >= row.aimOfRatio, `≥ ${row.aimOfRatio}`),
    row.bound,
    percent(fraction),
    against(fraction >= aims.fractionOfBound, `≥ ${percent(aims.fractionOfBound)}`),
    row.peakPssMb,
    row.peakPssMb === undefined
      ? undefined
      : against(row.peakPssMb <= mostMb, `≤ ${number(mostMb)}`),
    row.peakRssMb,
  ];
}

function withRange({ run, slowest }: Configuration): string {
  const fastest = number(run.photosPerSecond);
  return slowest === run.photosPerSecond ? fastest : `${fastest} (${number(slowest)})`;
}

function upsertRow({ model, precision, upsertShareOfClock: share }: Row): Cell[] {
  const aim = against(share < aims.upsertShare, `< ${percent(aims.upsertShare)}`);
  return [`${model} ${precision}`, percent(share), aim];
}

function reportTable(configurations: readonly Configuration[]): string {
  const header = configurations.map((c) => `${c.pipeline}: ${c.model} ${c.precision}`);
  const rows: [string, (configuration: Configuration) => Cell][] = [
    ['photos', ({ run }) => String(run.photos)],
    ['total time, s', ({ run }) => run.totalMs / 1000],
    ['throughput, images/s', ({ run }) => run.inFullSwing ?? run.photosPerSecond],
    ['embedding, s (share)', stage('embed')],
    ['decoding, s (share)', stage('decode')],
    ['thumbnails, s (share)', stage('thumbnail')],
    ['catalogue, s (share)', stage('store')],
    ['upsert, s (share)', stage('upsert')],
    ['IO, s (share)', stage('read')],
    ['average per image, ms', ({ run }) => run.workMs / run.photos],
    ['average embedding per image, ms', ({ run }) => run.stages.embed / run.photos],
    ['CPU time per image, ms', ({ run }) => run.cpuSeconds && (run.cpuSeconds * 1000) / run.photos],
    ['peak memory, MB', ({ run }) => run.peakPssMb],
    ['… sum of resident memory, MB', ({ run }) => run.peakRssMb],
    ['processor taken by other programs', ({ run: { takenByOthers: t } }) => t && percent(t)],
  ];
  return table(
    ['', ...header],
    rows.map(([name, cell]) => [name, ...configurations.map(cell)]),
  );
}

function stage(name: keyof Configuration['run']['stages']) {
  return ({ run }: Configuration): Cell => {
    const work = Object.values(run.stages).reduce((sum, ms) => sum + ms, 0);
    const ms = run.stages[name];
    return ms === 0 ? undefined : `${number(ms / 1000)} (${percent(ms / work)})`;
  };
}

function boundTable({ bounds }: IndexingFigures, cores: number): string {
  const header = [
    'model',
    'decode, CPU ms',
    '… without thumbnail',
    'embed, CPU ms',
    `bound on ${cores} cores, photos/s`,
    'all cores',
  ];
  return table(header, bounds.map(boundRow));
}

function boundRow(bound: BoundOf): Cell[] {
  return [
    `${bound.model} ${bound.precision}`,
    bound.decodeCpuMs,
    bound.decodeWithoutThumbnailCpuMs,
    bound.embedCpuMs,
    bound.photosPerSecond,
    bound.allCoresPhotosPerSecond,
  ];
}
