// `npm start`: opens the window; where there can be none, says why in one line and opens the same
// app in the browser. What follows `--` is handed to the app (`npm start -- 'ocelli://search?q=a+cat'`).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { platform } = process;
/** The Node that the app carries: the machine's own may be too old for what builds it. */
const node = join(root, 'node_modules/node/bin', platform === 'win32' ? 'node.exe' : 'node');
const downloadMs = 300_000;
/** An Electron that ends sooner than this with an error has not opened a window. */
const openingMs = 10_000;

process.exitCode = await start();

async function start() {
  if (!existsSync(node)) {
    console.error('Run npm install first.');
    return 1;
  }
  if (isOutdated() && !build()) return 1;
  const reason = noDisplay() ?? (await openWindow());
  if (reason === undefined) return 0;
  console.log(`Opening Ocelli in the browser instead of a window: ${reason}.`);
  const { code } = await run(node, [join(root, 'bin/ocelli.mjs'), 'serve', '--open']);
  return code;
}

/** Whether there is no bundle, or one that is older than what it is made of. */
function isOutdated() {
  const built = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html']
    .map((path) => join(root, path))
    .map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0));
  const sources = ['src', 'electron.vite.config.ts', 'package.json'].map((path) =>
    join(root, path),
  );
  return Math.min(...built) < Math.max(...sources.map(lastChange));
}

function lastChange(path) {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.mtimeMs;
  // A file that was removed shows in its folder's own time alone.
  return Math.max(facts.mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))));
}

function build() {
  console.log('Building Ocelli …');
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'scripts/build.mjs')], {
    encoding: 'utf8',
  });
  if (status !== 0) console.error(`${stdout}${stderr}`);
  return status === 0;
}

function noDisplay() {
  if (platform !== 'linux') return undefined;
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env;
  return x11 || wayland ? undefined : 'there is no display here (DISPLAY is not set)';
}

/** Returns when the window has been closed; where none could be opened, why. */
async function openWindow() {
  const program = electronProgram();
  if (!existsSync(program)) {
    const reason = fetchElectron();
    if (reason) return reason;
  }
  const flags = asRoot() ? ['--no-sandbox'] : [];
  if (flags.length > 0) {
    console.log(
      "You are root, for whom Chromium has no sandbox: the window's page runs without it.",
    );
  }
  const app = join(root, 'out/main/main.js');
  const { code, ms } = await run(program, [...flags, app, ...process.argv.slice(2)]);
  return code !== 0 && ms < openingMs ? `Electron did not start (status ${code})` : undefined;
}

function electronProgram() {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const folder =
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] || join(root, 'node_modules/electron/dist');
  return join(folder, names[platform] ?? 'electron');
}

/** The electron package brings its runtime at first use. Returns why it could not. */
function fetchElectron() {
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) {
    return 'ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron';
  }
  const installer = join(root, 'node_modules/electron/install.js');
  if (!existsSync(installer)) return 'the electron package is not installed';
  console.log('Fetching Electron (about 120 MB, once) …');
  const { status, stderr, error } = spawnSync(node, [installer], {
    encoding: 'utf8',
    timeout: downloadMs,
  });
  if (status === 0 && existsSync(electronProgram())) return undefined;
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT/.test(stderr ?? '')) {
    return 'Electron could not be fetched (the page it is released on cannot be reached)';
  }
  const said = stderr?.split('\n').find((line) => /error/i.test(line));
  return `Electron could not be fetched (${(said ?? error?.message ?? `status ${status}`).trim()})`;
}

function asRoot() {
  return platform === 'linux' && process.getuid?.() === 0;
}

/** Runs it in the foreground; Ctrl-C reaches it through the terminal, and it decides how to end. */
function run(program, args) {
  const begun = performance.now();
  const ignore = () => {};
  process.on('SIGINT', ignore);
  const child = spawn(program, args, { stdio: 'inherit', cwd: process.cwd() });
  const handOn = () => child.kill('SIGTERM');
  process.on('SIGTERM', handOn);
  return new Promise((resolve) => {
    const end = (code) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', handOn);
      resolve({ code, ms: performance.now() - begun });
    };
    child.on('error', () => end(127));
    child.on('exit', (code, signal) => end(code ?? (signal === 'SIGTERM' ? 0 : 128)));
  });
}
