// Moments as people's clocks show them, so that they sort beside what cameras write.

/** @param ms since 1970. @returns 'YYYY-MM-DDTHH:MM:SS' in the machine's own time zone. */
export function localTime(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '1970-01-01T00:00:00';
  const two = (value: number) => String(value).padStart(2, '0');
  const year = String(Math.min(9999, Math.max(0, date.getFullYear()))).padStart(4, '0');
  const day = `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
