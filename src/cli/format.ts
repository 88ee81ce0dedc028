// Tables and paths for a terminal.

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
