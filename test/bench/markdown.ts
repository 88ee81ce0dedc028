// Figures → Markdown. Only here are they rounded.

export type Cell = string | number | undefined;

/** A table whose columns after the first are aligned to the right. */
export function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(text).join(' | ')} |`;
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

function text(cell: Cell): string {
  if (cell === undefined) return '–';
  return typeof cell === 'number' ? number(cell) : cell;
}

/** As many digits as say something: 12,345 · 123 · 12.3 · 1.23. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Whether an aim was reached, beside the aim. */
export function against(reached: boolean, aim: string): string {
  return `${reached ? 'yes' : '**no**'} (${aim})`;
}
