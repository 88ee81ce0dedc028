// What `tune` picks among all ways to run a model, as a part of the page.
import { aims } from './aims.ts';
import { against, percent, table } from './markdown.ts';
import { median } from './statistics.ts';
import type { Pick, SweepFigures } from './sweep.ts';
import type { Swept } from './sweepSlices.ts';

export function sweepText(figures: readonly SweepFigures[]): string {
  return [
    '## What tuning picks',
    'The image tower alone, in the engine’s own processes: every number of processes and threads in powers of two, up to two threads for each core, with every batch. Slices of a third of a second or two runs of the model, in rounds; a slice in which other programs had more than a twentieth of the processor is measured again, up to three times. The rate is the median of the slices that nothing disturbed. After each round the machine is measured as before a first run, and what that picks is looked up in the sweep.',
    ...figures.map(modelText),
  ].join('\n\n');
}

function modelText({ model, precision, swept, picks, disturbed }: SweepFigures): string {
  const best = swept[0]?.embedsPerSecond ?? Number.NaN;
  const parts = [
    `### ${model} ${precision}`,
    picksText(picks, model),
    picksTable(picks),
    table(
      ['processes × threads', 'batch', 'embeds/s', 'of the best', 'quarters of the slices'],
      swept.map((each) => [
        `${each.embedders} × ${each.threads}`,
        String(each.batch),
        each.embedsPerSecond,
        percent(each.embedsPerSecond / best),
        quarters(each),
      ]),
    ),
    `Other programs had more than a twentieth of the processor in ${percent(disturbed)} of the slices, however often they were measured again.`,
  ];
  return parts.join('\n\n');
}

function picksText(picks: readonly Pick[], model: string): string {
  const known = picks.flatMap(({ ofBest }) => ofBest ?? []);
  const usual = median(known);
  const tookMs = median(picks.map((pick) => pick.tookMs));
  const took = `${(tookMs / 1000).toFixed(1)} s`;
  const isAimed = model === 'starter';
  const reached = isAimed ? `: ${against(tookMs <= aims.tuningMs, '≤ 5 s')}` : '';
  return [
    `The picks reach ${percent(usual)} of the best (median), ${percent(Math.min(...known))} at worst: ${against(usual >= aims.tunedOfBest, `≥ ${percent(aims.tunedOfBest)}`)}.`,
    `Tuning took ${took} (median)${reached}.`,
  ].join(' ');
}

function picksTable(picks: readonly Pick[]): string {
  return table(
    ['picked', 'batch', 'embeds/s in the sweep', 'of the best', 'tuning took, s'],
    picks.map(({ chosen, rate, ofBest, tookMs }) => [
      `${chosen.provider}, ${chosen.embedders} × ${chosen.threads}`,
      String(chosen.batch),
      rate,
      ofBest === undefined ? undefined : percent(ofBest),
      tookMs / 1000,
    ]),
  );
}

/** Between which the middle half lies: what the figures are worth. */
function quarters({ slices }: Swept): string {
  const sorted = slices.map(({ embedsPerSecond }) => embedsPerSecond).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return `${at(0.25).toFixed(0)}–${at(0.75).toFixed(0)}`;
}
