// The file in a Linux desktop's autostart folder.
// https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html

/** @param command program and arguments, unquoted. */
export function desktopEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Ocelli',
    'Comment=Keeps your photo library up to date',
    `Exec=${[...command.map(quoted), '--hidden'].join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Escaped twice: once as a quoted argument, then as a string of the file; %% is a percent sign. */
function quoted(word: string): string {
  const argument = word.replace(/["`$\\]/g, '\\$&').replace(/%/g, '%%');
  return `"${argument.replace(/\\/g, '\\\\')}"`;
}
