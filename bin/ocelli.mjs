#!/usr/bin/env node
// Starts the command line on the Node that the app carries: the sources are TypeScript, which the
// Node of the machine may be too old to run. Signals and the exit status pass through unchanged.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function carriedNode() {
  const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

// Compiled code is kept in the user's own cache: every process, each worker among them, starts with
// half the work.
const { NODE_COMPILE_CACHE = join(envPaths('ocelli', { suffix: '' }).cache, 'compiled') } =
  process.env;

// Nothing is said over the channel: that it closes tells the child of this process's end, even by
// kill −9, which can be handed on in no other way.
const child = spawn(carriedNode(), [join(root, 'src/cli/main.ts'), ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, NODE_COMPILE_CACHE },
});

// A signal sent to this process alone is handed on. A Ctrl-C reaches the child through the
// terminal's process group as well; it may come twice. Either way the child decides how to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

child.on('error', (error) => {
  console.error(`ocelli: cannot start ${carriedNode()}: ${error.message}. Run npm install again.`);
  process.exitCode = 4;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
});
