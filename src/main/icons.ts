// Where the app's pictures of itself lie: resources/ is two folders up from the bundle.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../resources/icons/', import.meta.url));

export const iconPath = join(folder, 'icon.png');

/** macOS tints a template image by the colour of the menu bar; '@2x' is found by its name. */
export const trayIconPath = join(
  folder,
  process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png',
);
