// What `tune` picks among all ways to run a model, as a part of the page.
import { aims } from './aims.ts';
import { against, percent, table } from './markdown.ts';
import { tolerableDisturbance } from './quietMachine.ts';
import { median } from './statistics.ts';
import type { Pick, SweepFigures } from './sweep.ts';

export function sweepText(figures: readonly SweepFigures[]): string {
  return [
    '## What tuning picks',
    `The image tower alone, in the engine’s own processes: every number of processes and threads in powers of two, up to two threads for each core, with every batch. Slices of a third of a second or two runs of the model, in rounds, of which there are more where other programs had more than ${percent(tolerableDisturbance)} of the processor too often. The rate is the upper quartile of the slices that nothing disturbed so: what cannot be seen, as other guests of the same host, only makes slices slower. After a round the machine is measured as before a first run. All that it picked, and the best of the sweep, then run against each other: a slice of each, turn by turn, compared with the others of its turn.`,
    ...figures.map(modelText),
  ].join('\n\n');
}

function modelText(figures: SweepFigures): string {
  const { model, precision, swept, picks, runOff, disturbed } = figures;
  const best = swept[0]?.embedsPerSecond ?? Number.NaN;
  const parts = [
    `### ${model} ${precision}`,
    picksText(picks, model),
    picksTable(picks),
    `Against each other, ${runOff.quietTurns} turns that nothing disturbed, of ${runOff.turns}; the median of each:`,
    table(
      ['processes × threads', 'batch', 'of the best', 'embeds/s'],
      runOff.ranked.map(({ embedders, threads, batch, ofBest, embedsPerSecond }) => [
        `${embedders} × ${threads}`,
        String(batch),
        percent(ofBest),
        embedsPerSecond,
      ]),
    ),
    'The sweep:',
    table(
      ['processes × threads', 'batch', 'embeds/s', 'of the best', 'median of the slices'],
      swept.map((each) => [
        `${each.embedders} × ${each.threads}`,
        String(each.batch),
        each.embedsPerSecond,
        percent(each.embedsPerSecond / best),
        median(each.slices.map((slice) => slice.embedsPerSecond)),
      ]),
    ),
    `Other programs had more than ${percent(tolerableDisturbance)} of the processor in ${percent(disturbed)} of the slices.`,
  ];
  return parts.join('\n\n');
}

function picksText(picks: readonly Pick[], model: string): string {
  const known = picks.flatMap(({ ofBest }) => ofBest ?? []);
  const usual = median(known);
  const tookMs = median(picks.map((pick) => pick.tookMs));
  const took = `${(tookMs / 1000).toFixed(1)} s`;
  const isAimed = model === 'starter';
  const reached = isAimed
    ? `: ${against(tookMs <= aims.tuningMs, `≤ ${aims.tuningMs / 1000} s`)}`
    : '';
  return [
    `The picks reach ${percent(usual)} of the best (median), ${percent(Math.min(...known))} at worst: ${against(usual >= aims.tunedOfBest, `≥ ${percent(aims.tunedOfBest)}`)}.`,
    `Tuning took ${took} (median)${reached}.`,
  ].join(' ');
}

function picksTable(picks: readonly Pick[]): string {
  return table(
    ['picked', 'batch', 'of the best', 'tuning took, s'],
    picks.map(({ chosen, ofBest, tookMs }) => [
      `${chosen.provider}, ${chosen.embedders} × ${chosen.threads}`,
      String(chosen.batch),
      ofBest === undefined ? undefined : percent(ofBest),
      tookMs / 1000,
    ]),
  );
}
