// Dates as keywords: a day lies in a year and in a century, and a span of days is the centuries and years
// that are whole in it and the single days before and after them. Few, whatever the span.

const firstYear = 0;
const lastYear = 9999;
const msPerDay = 86_400_000;

/** @param date that begins with 'YYYY-MM-DD'. @returns its century 'YY', its year 'YYYY' and its day */
export function periodsOf(date: string): string[] {
  return [2, 4, 10].map((length) => date.slice(0, length));
}

/**
 * @param from, to inclusive, 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'; not given: without end.
 * @returns of each day in between, one of its periods
 */
export function periodsBetween(from?: string, to?: string): string[] {
  let next = from === undefined ? startOfYear(firstYear) : firstDay(from);
  const end = to === undefined ? startOfYear(lastYear + 1) : lastDay(to) + msPerDay;
  const periods: string[] = [];
  while (next < end) {
    const after = [afterCentury(next), afterYear(next), next + msPerDay];
    // The longest that begins here and is whole.
    const i = after.findIndex((moment) => moment !== undefined && moment <= end);
    periods.push(periodsOf(new Date(next).toISOString())[i] ?? '');
    next = after[i] ?? end;
  }
  return periods;
}

/** Periods of the same year together; a century by itself. */
export function byYear(periods: readonly string[]): string[][] {
  const years = new Map<string, string[]>();
  for (const period of periods) {
    const year = period.slice(0, 4);
    const others = years.get(year);
    if (others) others.push(period);
    else years.set(year, [period]);
  }
  return [...years.values()];
}

/** The end of the century that begins at this moment, if one does. */
function afterCentury(moment: number): number | undefined {
  const year = new Date(moment).getUTCFullYear();
  return moment === startOfYear(year) && year % 100 === 0 ? startOfYear(year + 100) : undefined;
}

function afterYear(moment: number): number | undefined {
  const year = new Date(moment).getUTCFullYear();
  return moment === startOfYear(year) ? startOfYear(year + 1) : undefined;
}

function firstDay(period: string): number {
  const [year = 0, month = 1, date = 1] = period.split('-').map(Number);
  return day(year, month, Math.min(date, daysIn(year, month)));
}

function lastDay(period: string): number {
  const [year = 0, month = 12, date = 31] = period.split('-').map(Number);
  return day(year, month, Math.min(date, daysIn(year, month)));
}

function daysIn(year: number, month: number): number {
  return new Date(day(year, month + 1, 0)).getUTCDate();
}

function startOfYear(year: number): number {
  return day(year, 1, 1);
}

/** Milliseconds since 1970. `Date.UTC` would take years below 100 for those of the last century. */
function day(year: number, month: number, date: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, date);
}
