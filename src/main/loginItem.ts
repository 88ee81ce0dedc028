// Whether the app starts with the person's session. macOS and Windows have a call for it; on Linux
// it is a file in the desktop's autostart folder.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';

export async function setOpenAtLogin(open: boolean): Promise<void> {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: open, args: ['--hidden'] });
    return;
  }
  const folder = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  const path = join(folder, 'autostart', 'ocelli.desktop');
  if (!open) {
    await rm(path, { force: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, desktopEntry(startCommand()));
}

/** An AppImage is started by its own path; the binary inside it lies elsewhere at each start. */
function startCommand(): string[] {
  const program = process.env['APPIMAGE'] || process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
}

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

/** As the Desktop Entry Specification wants it: backslashes before " ` $ \, and %% for a percent. */
function quoted(word: string): string {
  const escaped = word.replace(/["`$\\]/g, '\\$&').replace(/%/g, '%%');
  return `"${escaped.replace(/\\/g, '\\\\')}"`;
}
