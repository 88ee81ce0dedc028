// How long ago something was: 'just now', '5 minutes ago', 'yesterday', then the date.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** @param at and @param now milliseconds since 1970 */
export function formatAgo(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  if (passed < minute) return 'just now';
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (passed < hour) return words.format(-Math.floor(passed / minute), 'minute');
  if (passed < day) return words.format(-Math.floor(passed / hour), 'hour');
  if (passed < 7 * day) return words.format(-Math.floor(passed / day), 'day');
  const date = new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return `on ${date}`;
}
