// A run in a few words, for the tray and for notifications.
import type { Progress, RunReport } from '../shared/contract.ts';
import { formatCount } from '../shared/format.ts';

/** 0 to 1; undefined while photos are still being found. */
export function fractionOf(progress: Progress): number | undefined {
  if (!progress.scanned || progress.eligible === 0) return undefined;
  return (progress.indexed + progress.failed + progress.skipped) / progress.eligible;
}

/** @param progress undefined while nothing runs. */
export function tooltip(progress: Progress | undefined): string {
  if (!progress) return 'Ocelli';
  if (progress.phase === 'preparing') return 'Ocelli: preparing the model';
  if (progress.phase === 'tuning') return 'Ocelli: measuring this machine';
  if (progress.phase === 'optimising') return 'Ocelli: tidying the search index';
  const fraction = fractionOf(progress);
  if (fraction === undefined) return `Ocelli: ${formatCount(progress.eligible)} photos found`;
  // Rounded down: 100 % is said when it is done.
  const percent = `${Math.floor(fraction * 100)} %`;
  return progress.phase === 'paused'
    ? `Ocelli: paused at ${percent}`
    : `Ocelli: ${percent} indexed`;
}

export function summaryOf({ indexed, unchanged, failed }: RunReport): string {
  const fresh = `${formatCount(indexed - unchanged)} new or changed, ${formatCount(indexed)} in all`;
  return failed === 0 ? `${fresh}.` : `${fresh}; ${formatCount(failed)} could not be read.`;
}
