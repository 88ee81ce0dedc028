// Progress while indexing: one line that is redrawn in a terminal, a line now and then elsewhere.
import type { Progress } from '../shared/contract.ts';
import { formatCount, formatDuration } from '../shared/format.ts';

const secondsBetweenLines = 10;

export interface ProgressLine {
  show(progress: Progress): void;
  /** Leaves the terminal as it was, for other output. */
  clear(): void;
}

export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  return stream.isTTY ? terminalLine(stream) : logLines(stream);
}

function terminalLine(stream: NodeJS.WriteStream): ProgressLine {
  const erase = '\r\u001b[2K';
  return {
    show: (progress) => {
      const text = progressText(progress);
      const columns = stream.columns > 0 ? stream.columns : 80;
      stream.write(erase + text.slice(0, columns - 1));
    },
    clear: () => void stream.write(erase),
  };
}

function logLines(stream: NodeJS.WriteStream): ProgressLine {
  let last = Number.NEGATIVE_INFINITY;
  return {
    show: (progress) => {
      if (progress.elapsedMs - last < secondsBetweenLines * 1000) return;
      last = progress.elapsedMs;
      stream.write(`${progressText(progress)}\n`);
    },
    clear: () => {},
  };
}

export function progressText(progress: Progress): string {
  const { eligible, indexed, failed, skipped, remainingMs } = progress;
  if (progress.phase === 'preparing') return 'Preparing the model for this machine, once …';
  if (progress.phase === 'tuning') return 'Measuring how this machine is fastest, once …';
  if (progress.phase === 'optimising') return 'Making searches fast …';
  const done = indexed + failed + skipped;
  const found = `${formatCount(eligible)}${progress.scanned ? '' : '+'} photos`;
  const parts = [`${formatCount(done)} of ${found}`];
  if (progress.photosPerSecond > 0) parts.push(`${progress.photosPerSecond.toFixed(1)}/s`);
  if (remainingMs !== undefined && remainingMs > 0) {
    parts.push(`${formatDuration(remainingMs)} left`);
  }
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (progress.phase === 'paused') parts.push('paused');
  if (progress.phase === 'stopping') parts.push('stopping …');
  return parts.join(' · ');
}
