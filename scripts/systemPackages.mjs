// What the end-to-end tests want of the system and npm cannot bring: a browser, a display without a
// screen, the libraries that Electron links to, a font. On Debian and its kin, as root, they are
// installed with apt-get; anywhere else what is missing is named, so that tests are skipped with a
// reason. `node scripts/systemPackages.mjs` does that and says what came of it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Each need with the Debian packages that bring it. Where two names stand together, newer releases
 * know the first and older ones the second. It is there when one of the `commands` is, or the
 * `library`, or the `folder`; not when dpkg says so, which other systems do not have.
 */
const needs = [
  {
    what: 'chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: [['chromium']],
  },
  { what: 'xvfb', commands: ['Xvfb'], packages: [['xvfb']] },
  { what: 'xauth', commands: ['xauth'], packages: [['xauth']] },
  library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
  library('libnss3.so', 'libnss3'),
  library('libasound.so.2', 'libasound2t64', 'libasound2'),
  library('libgbm.so.1', 'libgbm1'),
  library('libdrm.so.2', 'libdrm2'),
  library('libcups.so.2', 'libcups2t64', 'libcups2'),
  library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
  library('libatspi.so.0', 'libatspi2.0-0t64', 'libatspi2.0-0'),
  library('libxkbcommon.so.0', 'libxkbcommon0'),
  library('libXss.so.1', 'libxss1'),
  library('libXtst.so.6', 'libxtst6'),
  library('libnotify.so.4', 'libnotify4'),
  { what: 'fonts', folder: '/usr/share/fonts/truetype', packages: [['fonts-dejavu-core']] },
];

function library(name, ...packages) {
  return { what: name, library: name, packages: [packages] };
}

/**
 * @param {{ install?: boolean }} [options] install: try apt-get for what is missing (default); false
 *   only looks.
 * @returns {{
 *   chromium?: string,
 *   xvfb?: string,
 *   missing: { what: string, why: string }[],
 *   whyNoBrowser?: string,
 *   whyNoDisplay?: string,
 * }} `chromium` and `xvfb` are paths of programs. The two reasons are sentences to print where tests
 *   are skipped: without a browser, those in a browser; without a display, those with Electron.
 */
export function systemPackages({ install = true } = {}) {
  // Elsewhere Electron brings a window of its own system, and browsers lie where Playwright looks.
  if (process.platform !== 'linux') return { missing: [] };
  const absent = needs.filter((need) => !isThere(need));
  const refusal = install && absent.length > 0 ? installPackages(absent) : undefined;
  const missing = absent
    .filter((need) => !isThere(need))
    .map(({ what, packages }) => ({
      what,
      why: refusal ?? `${packages.flat().at(-1)} (as Debian names it) is not installed`,
    }));
  const chromium = findCommand(needs[0].commands);
  const xvfb = findCommand(['Xvfb']);
  const [first] = missing.filter(({ what }) => what !== 'chromium');
  return {
    ...(chromium && { chromium }),
    ...(xvfb && { xvfb }),
    missing,
    ...(!chromium && { whyNoBrowser: sentence(missing.find(({ what }) => what === 'chromium')) }),
    ...(first && { whyNoDisplay: sentence(first) }),
  };
}

function sentence({ what, why }) {
  return `${what} is not there: ${why}`;
}

function isThere({ commands, library, folder }) {
  if (commands) return findCommand(commands) !== undefined;
  if (folder) return existsSync(folder);
  return libraries().includes(library);
}

function findCommand(names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Names of the shared libraries that the loader knows. */
function libraries() {
  const command = existsSync('/sbin/ldconfig') ? '/sbin/ldconfig' : 'ldconfig';
  const { stdout } = spawnSync(command, ['-p'], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').map((line) => line.trim().split(' ')[0]);
}

/** Returns why nothing could be installed, or undefined. */
function installPackages(absent) {
  if (!existsSync('/etc/debian_version')) return 'it is installed by itself on Debian only';
  if (process.getuid?.() !== 0) {
    const names = absent.map(({ packages }) => packages.flat().at(-1));
    return `only root may install it: sudo apt-get install ${names.join(' ')}`;
  }
  const update = aptGet('update');
  const names = absent.flatMap(({ packages }) => packages.flatMap(knownName));
  const done = aptGet('install', '--yes', '--no-install-recommends', ...names);
  return done ?? (update && `apt-get update failed: ${update}`);
}

/** The first of the names that this release has; they follow one another in time. */
function knownName(names) {
  const known = names.find((name) => {
    const { stdout } = spawnSync('apt-cache', ['show', '--no-all-versions', name], {
      encoding: 'utf8',
    });
    return stdout?.includes(`Package: ${name}`);
  });
  return known ?? names.at(-1);
}

/** Runs it without a word and returns what it said last if it failed. */
function aptGet(...args) {
  // Another test run may be installing the same at this moment.
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
  const { status, stderr, error } = spawnSync('apt-get', ['-qq', ...wait, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return undefined;
  return stderr?.trim().split('\n').at(-1) || error?.message || `it ended with status ${status}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { missing } = systemPackages();
  for (const absence of missing) console.error(sentence(absence));
  if (missing.length === 0) console.log('Browser, display, libraries and font are there.');
  else process.exitCode = 1;
}
