// The indexing figures as Markdown: ratios first, then the bound and where the rest went, then the rows
// of the reported table.

import { areShared, type Resources } from '../../../src/shared/tuning.ts';
import { aims } from '../aims.ts';
import { fullPriority } from '../fullPriority.ts';
import { against, type Cell, number, percent, table } from '../markdown.ts';
import { tolerableDisturbance } from '../quietMachine.ts';
import { type Row, rowsOf } from '../results.ts';
import type { IndexingFigures } from './indexing.ts';
import type { Configuration } from './runs.ts';
import type { Bound, TurnFigures } from './turnFigures.ts';

export function indexingText(sets: readonly IndexingFigures[], cores: number): string {
  return [
    '## Indexing',
    `Photos of several kinds, in as many distinct copies as a run needs to last (bytes behind the end of the picture give each its own hash), into a fresh data folder each time, through the engine's own call, at its speed 'full', niceness ${fullPriority}, at which the reported configuration runs too. Ours: ${waysText(sets[0]?.resources)}.`,
    '*In turns*: a machine may change its speed by a third within seconds, by what no program on it sees. So all that is compared is started, and then works in turns of some tenths of a second, while the system stops all others. Rates are photos in the seconds of the own turns. What it takes processes to start is in none of them.',
    '*Reported*: the configuration of the report, ported as it was (one process, parallel execution mode, intra = inter = cores, batches of 32, decode then embed), without thumbnails, metadata or a catalogue, all of which ours makes meanwhile. For ours in int8 the ratio is to the reported float32, as that is where the report stands. *At most*: that of the bound.',
    `*The bound*: cores ÷ (CPU time to decode one photo + CPU time to embed one), each measured alone in one process, in turns with the pipelines. Decoding is ours, whole: reading, hash, one decode, metadata, the model's pixels, the thumbnail. Embedding is our image tower with one thread in batches of 8. *All cores*: the same with a process on each core at once. Both sides are measured, so a pipeline may be seen above its bound; how far to trust it tell the same figures of the first and the second half of the turns, in brackets.`,
    'Memory is that of all processes, pages that they share counted once; the sum of their resident memory counts them once for each.',
    ...sets.map((figures) => setText(figures, cores)),
  ].join('\n\n');
}

function waysText(resources: Resources | undefined): string {
  if (!resources) return 'unknown';
  const { decoders, embedders, threads } = resources;
  if (areShared(resources)) return `${embedders} processes that decode and embed`;
  return `${decoders} decoders, ${embedders} embedders of ${threads} thread${threads === 1 ? '' : 's'}`;
}

function setText(figures: IndexingFigures, cores: number): string {
  return [
    `### ${figures.set[0]?.toUpperCase()}${figures.set.slice(1)} photos: ${figures.aboutSet}`,
    ratioTable(figures, cores),
    'What the bound is made of, and where the rest went: what a photo costs in CPU time alone and in the pipeline, and the share of the cores that it let rest. What its workers have above the bound is the price of messages and of memory kept small; what the engine takes, that of the catalogue and the index.',
    boundTable(figures.turns, cores),
    ...disturbance(figures.turns),
    ...reportText(figures),
  ].join('\n\n');
}

function disturbance(turns: readonly TurnFigures[]): string[] {
  const most = Math.max(...turns.map(({ takenByOthers = 0 }) => takenByOthers));
  if (most <= tolerableDisturbance) return [];
  return [
    `**Other programs took up to ${percent(most)} of the processor in the pipeline's turns**: its rate is too low by that, and its share of the bound.`,
  ];
}

function ratioTable(figures: IndexingFigures, cores: number): string {
  const header = [
    'model',
    'ours, photos/s',
    'reported, same precision',
    '… prefetching',
    'ratio to reported',
    'at most',
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
    rowsOf(figures).map((row) => ratioRow(row, cores)),
  );
}

function ratioRow(row: Row, cores: number): Cell[] {
  const { model, precision, ratioToReported: ratio = 0, fractionOfBound: fraction } = row;
  const { upToCores, ...memory } = aims.peakMemoryMb;
  const mostMb = cores <= upToCores ? memory[precision] : undefined;
  const halves = row.fractionOfHalves.map((half) => (half * 100).toFixed(0)).join(', ');
  return [
    `${model} ${precision}`,
    row.ours,
    row.reportedSamePrecision,
    row.reportedPrefetching,
    ratio,
    row.reported && row.bound / row.reported,
    row.aimOfRatio && against(ratio >= row.aimOfRatio, `≥ ${row.aimOfRatio}`),
    row.bound,
    `${percent(fraction)} (${halves})`,
    against(fraction >= aims.fractionOfBound, `≥ ${percent(aims.fractionOfBound)}`),
    row.peakPssMb,
    row.peakPssMb === undefined || mostMb === undefined
      ? undefined
      : against(row.peakPssMb <= mostMb, `≤ ${number(mostMb)}`),
    row.peakRssMb,
  ];
}

function boundTable(turns: readonly TurnFigures[], cores: number): string {
  const header = [
    'model',
    'decode, CPU ms',
    'embed, CPU ms',
    'both, in the pipeline',
    'engine',
    'idle',
    `bound on ${cores} cores, photos/s`,
    'all cores: decode',
    '… embed',
    '… bound',
    'taken by other programs',
    'turns',
  ];
  return table(
    header,
    turns.map(({ model, precision, bound, allCores, ...rest }) => [
      `${model} ${precision}`,
      bound.decodeCpuMs,
      bound.embedCpuMs,
      rest.pipeline?.workers,
      rest.pipeline?.engine,
      rest.idleShare === undefined ? undefined : percent(rest.idleShare),
      bound.photosPerSecond,
      ...partsOf(allCores),
      rest.takenByOthers === undefined ? undefined : percent(rest.takenByOthers),
      String(rest.turns),
    ]),
  );
}

function partsOf(bound: Bound | undefined): Cell[] {
  return [bound?.decodeCpuMs, bound?.embedCpuMs, bound?.photosPerSecond];
}

/** What whole runs tell, if there were any. */
function reportText(figures: IndexingFigures): string[] {
  const { configurations } = figures;
  if (configurations.length === 0) return [];
  const shares = rowsOf(figures).map(({ model, precision, upsertShareOfClock: share = 0 }) => {
    const aim = against(share < aims.upsertShare, `< ${percent(aims.upsertShare)}`);
    return [`${model} ${precision}`, percent(share), aim];
  });
  return [
    'The rows of the report, of one whole run each: by themselves, some minutes apart, so that only rows of one column are to be compared. Stage times of ours are summed over all processes, so they may exceed the total; their shares are of all work. Those of the reported pipeline are of the clock, as it does one thing after the other. Total time holds the start of the processes, throughput does not.',
    reportTable(configurations),
    table(['upserts', 'share of the clock', 'aim'], shares),
  ];
}

function reportTable(configurations: readonly Configuration[]): string {
  const header = configurations.map((c) => `${c.pipeline}: ${c.model} ${c.precision}`);
  const rows: [string, (configuration: Configuration) => Cell][] = [
    ['photos', ({ run }) => String(run.photos)],
    ['total time, s', ({ run }) => run.totalMs / 1000],
    ['throughput, images/s', ({ run }) => run.inFullSwing ?? run.photosPerSecond],
    ['… with the start', ({ run }) => run.photosPerSecond],
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
