// Numbers, sizes, durations and dates as people read them.
import { formatDuration } from '../../shared/format.ts';

/** '1.4 GB'; powers of 1000, as file managers count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** '40 s left'. */
export function formatRemaining(ms: number): string {
  return `${formatDuration(Math.max(1000, ms))} left`;
}

/** 'March 2024' for '2024-03'. */
export function formatMonth(month: string): string {
  const [year, number] = month.split('-').map(Number);
  const date = new Date(year ?? 1970, (number ?? 1) - 1, 1);
  return date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric' });
}
