// Runs as a file for other programs: a Markdown table to paste, or comma-separated values.
import type { RunReport } from '../../../shared/contract.ts';
import { type RunRow, type RunValue, rowRatio, runRows } from './runRows.ts';

export function runsAsMarkdown(runs: readonly RunReport[]): string {
  const rows = [['', ...runs.map(runTitle), ...(runs.length === 2 ? ['ratio'] : [])]];
  for (const row of runRows(runs)) {
    const cells = row.values.map((value) => formatValue(value));
    rows.push([`${row.label}, ${row.unit}`, ...cells, ...ratioCell(row, '×')]);
  }
  rows.push(['photos embedded', ...runs.map(({ embedded }) => String(embedded)), ...blank(runs)]);
  rows.push(['model', ...runs.map(({ model }) => model), ...blank(runs)]);
  const lines = rows.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`);
  const [head = ''] = lines;
  const rule = `|---|${'---:|'.repeat((rows[0]?.length ?? 1) - 1)}`;
  return `${[head, rule, ...lines.slice(1)].join('\n')}\n`;
}

/** Figures in full and shares in columns of their own, for spreadsheets. */
export function runsAsCsv(runs: readonly RunReport[]): string {
  const head = runs.flatMap((run) => [runTitle(run), `${runTitle(run)}, share`]);
  const rows = [['row', 'unit', ...head, ...(runs.length === 2 ? ['ratio'] : [])]];
  for (const row of runRows(runs)) {
    const cells = row.values.flatMap(({ value, share }) => [plain(value), plain(share)]);
    rows.push([row.label, row.unit, ...cells, ...ratioCell(row, '')]);
  }
  const more = (label: string, of: (run: RunReport) => string) =>
    rows.push([label, '', ...runs.flatMap((run) => [of(run), '']), ...blank(runs)]);
  more('photos embedded', ({ embedded }) => String(embedded));
  more('model', ({ model }) => model);
  return rows.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

/** '2026-11-24 21:40'. In the time of this machine. */
export function runTitle({ startedAt }: RunReport): string {
  const date = new Date(startedAt);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** '51.57 (90.3 %)' */
export function formatValue({ value, share }: RunValue): string {
  if (value === undefined) return '–';
  return share === undefined ? value.toFixed(2) : `${value.toFixed(2)} (${formatShare(share)})`;
}

export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function ratioCell(row: RunRow, sign: string): string[] {
  if (row.values.length !== 2) return [];
  const ratio = rowRatio(row);
  return [ratio === undefined ? '' : `${ratio.toFixed(2)}${sign && ` ${sign}`}`];
}

function blank(runs: readonly RunReport[]): string[] {
  return runs.length === 2 ? [''] : [];
}

function plain(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toFixed(4)));
}

function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|');
}

/** A cell that begins like a formula would be run by spreadsheets: a model may be called anything. */
function quote(cell: string): string {
  const safe = /^[=+@]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
