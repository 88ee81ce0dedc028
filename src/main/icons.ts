// Where the app's pictures of itself lie: resources/ is two folders up from the bundle.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../resources/icons/', import.meta.url));

/** Small: X11 is handed every pixel, which held the process up for 25 ms with one of 1024 × 1024. */
export const windowIconPath = join(folder, 'window.png');

/** macOS tints a template image by the colour of the menu bar; '@2x' is found by its name. */
export const trayIconPath = join(
  folder,
  process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png',
);
