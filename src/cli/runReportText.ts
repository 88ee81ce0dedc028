// The report of a run as text: what became of the photos, then the rows of every performance report
// of this pipeline, so that runs can be laid side by side.
import type { RunReport } from '../shared/contract.ts';
import { formatCount, formatDuration } from '../shared/format.ts';
import { formatTable } from './format.ts';

export function runReportText(report: RunReport): string {
  return `${outcomeLines(report)}\n\n${formatTable(timeRows(report), [1])}`;
}

function outcomeLines(report: RunReport): string {
  const { eligible, indexed, failed, skipped, pending } = report;
  const sum = [`${formatCount(indexed)} indexed`, `${formatCount(failed)} failed`];
  sum.push(`${formatCount(skipped)} skipped`);
  if (pending > 0) sum.push(`${formatCount(pending)} still to do`);
  const lines = [`${headline(report)}: ${formatCount(eligible)} photos = ${sum.join(' + ')}`];
  const detail = [
    `${formatCount(report.embedded)} embedded`,
    `${formatCount(report.recognised)} recognised by content`,
    `${formatCount(report.unchanged)} unchanged`,
    `${formatCount(report.removed)} removed`,
  ];
  lines.push(`  ${detail.join(', ')}`);
  if (failed + skipped > 0) lines.push('  `ocelli errors` says which and why.');
  return lines.join('\n');
}

function headline(report: RunReport): string {
  const duration = formatDuration(report.totalMs);
  if (report.outcome === 'complete') return `Done in ${duration}`;
  if (report.outcome === 'cancelled') return `Stopped after ${duration}`;
  return `Ended early after ${duration}`;
}

/** Stage times are sums over all processes; their shares are of all work, not of the clock. */
function timeRows(report: RunReport): string[][] {
  const { stages } = report;
  const work = Object.values(stages).reduce((sum, ms) => sum + ms, 0);
  // Whatever went through the stages; a recognised photo was read and hashed.
  const photos = report.embedded + report.recognised;
  const seconds = (ms: number) => (ms / 1000).toFixed(2);
  const share = (ms: number) => (work === 0 ? '' : `${((ms / work) * 100).toFixed(1)} %`);
  const each = (ms: number) => (photos === 0 ? '–' : (ms / photos).toFixed(2));
  const perEmbedded = report.embedded === 0 ? '–' : (stages.embed / report.embedded).toFixed(2);
  const rate = report.workMs === 0 ? '–' : ((photos / report.workMs) * 1000).toFixed(2);
  return [
    ['total time, s', seconds(report.totalMs), ''],
    ['scan, s', seconds(report.scanMs), ''],
    ['throughput, images/s', rate, ''],
    ['embedding, s', seconds(stages.embed), share(stages.embed)],
    ['decoding, s', seconds(stages.decode), share(stages.decode)],
    ['thumbnails, s', seconds(stages.thumbnail), share(stages.thumbnail)],
    ['catalogue, s', seconds(stages.store), share(stages.store)],
    ['upsert, s', seconds(stages.upsert), share(stages.upsert)],
    ['IO, s', seconds(stages.read), share(stages.read)],
    ['average per image, ms', each(report.workMs), ''],
    ['average embedding per image, ms', perEmbedded, ''],
  ];
}
