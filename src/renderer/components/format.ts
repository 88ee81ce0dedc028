// Durations and dates as people read them.
import { formatDuration } from '../../shared/format.ts';

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
