// `npm start`. Until the window exists, it shows the way to the command line.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'node_modules/node'))) {
  console.error('Run npm install first.');
  process.exit(1);
}

console.log(`Ocelli finds your photographs by what you say about them, on this machine alone.

The window is not built yet; the command line is. Try it on the sample photographs:

  npx ocelli index resources/samples
  npx ocelli search a cat
  npx ocelli --help

Your own photographs are only read, never changed, moved or deleted.`);
