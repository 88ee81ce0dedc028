// How a run shows outside the window's page: on the taskbar or dock, and in a notification when a
// long one ends while people do something else.
import { Notification } from 'electron';
import type { Progress, RunReport } from '../shared/contract.ts';
import type { MainWindow } from './mainWindow.ts';
import type { RunListener } from './runWatch.ts';

/** Shorter runs are over before anyone has turned to something else. */
const longRunMs = 60_000;
const indeterminate = 2;
const none = -1;

export function progressSigns(window: MainWindow): RunListener {
  return {
    progress(progress) {
      const mode = progress.phase === 'paused' ? 'paused' : 'normal';
      window.current?.setProgressBar(fractionOf(progress) ?? indeterminate, { mode });
    },
    ended(report) {
      window.current?.setProgressBar(none);
      if (report && deservesNotice(report) && !window.focused) notify(report, window);
    },
  };
}

/** 0 to 1; undefined while photos are still being found. */
export function fractionOf(progress: Progress): number | undefined {
  if (!progress.scanned || progress.eligible === 0) return undefined;
  return (progress.indexed + progress.failed + progress.skipped) / progress.eligible;
}

function deservesNotice({ totalMs, outcome }: RunReport): boolean {
  return totalMs > longRunMs && outcome !== 'cancelled';
}

function notify(report: RunReport, window: MainWindow): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title: report.outcome === 'complete' ? 'Your photos are indexed' : 'Indexing stopped',
    body: report.error?.message ?? summaryOf(report),
  });
  notification.on('click', () => window.show());
  notification.show();
}

function summaryOf({ indexed, unchanged, failed }: RunReport): string {
  const number = (count: number) => count.toLocaleString('en');
  const fresh = `${number(indexed - unchanged)} new or changed, ${number(indexed)} in all`;
  return failed === 0 ? `${fresh}.` : `${fresh}; ${number(failed)} could not be read.`;
}
