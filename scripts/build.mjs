// `npm run build`: the bundles that runtimes without TypeScript need, into out/.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
process.exitCode =
  spawnSync(process.execPath, [tool, 'build'], { cwd: root, stdio: 'inherit' }).status ?? 1;
