// How a run shows outside the window's page: on the taskbar or dock, and in a notification when a
// long one ends while people do something else.
import { Notification } from 'electron';
import type { RunReport } from '../shared/contract.ts';
import type { MainWindow } from './mainWindow.ts';
import { fractionOf, summaryOf } from './progressText.ts';
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
