// Numbers, sizes, durations and dates as people read them.

export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

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

/** '3.4 s', '2 min 05 s', '1 h 07 min'. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  if (minutes < 60) return `${minutes} min ${two(Math.floor(seconds % 60))} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
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
