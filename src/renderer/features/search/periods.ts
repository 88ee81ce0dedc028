// Spans of time as a person reads them: '2024', 'March 2024', 'from 2022', '2022 to 2024'.
import { formatMonth } from '../../components/format.ts';

export function formatPeriod(period: string): string {
  if (period.length === 4) return period;
  if (period.length === 7) return formatMonth(period);
  return `${Number(period.slice(8))} ${formatMonth(period.slice(0, 7))}`;
}

export function formatSpan(from: string | undefined, to: string | undefined): string {
  if (from !== undefined && from === to) return formatPeriod(from);
  if (from === undefined) return to === undefined ? '' : `until ${formatPeriod(to)}`;
  return to === undefined
    ? `from ${formatPeriod(from)}`
    : `${formatPeriod(from)} to ${formatPeriod(to)}`;
}
