// Whether the app starts with the person's session. macOS and Windows have a call for it; on Linux
// it is a file in the desktop's autostart folder.
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import { replaceFile } from '../shared/replaceFile.ts';
import { desktopEntry } from './desktopEntry.ts';

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
  await replaceFile(path, desktopEntry(startCommand()));
}

/** An AppImage is started by its own path; the binary inside it lies elsewhere at each start. */
function startCommand(): string[] {
  const program = process.env['APPIMAGE'] || process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
}
