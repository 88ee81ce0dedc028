// Numbers, durations and tables for a terminal.

export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** '3.4 s', '2 min 05 s', '1 h 07 min'. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(Math.floor(seconds % 60))} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** Columns aligned by their widest cell: numbers (`right`) to the right, the last one left as it is. */
export function formatTable(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        if (right.includes(column)) return cell.padStart(width);
        return column === columns - 1 ? cell : cell.padEnd(width);
      })
      .join('  '),
  );
  return lines.join('\n');
}

/**
 * A path as one line: control characters in file names (line breaks, escape sequences) would
 * otherwise rearrange the terminal.
 */
export function printable(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be found.
  return path.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return character === '\n' ? '\\n' : `\\x${code}`;
  });
}
