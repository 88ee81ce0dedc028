// Compiles the addon for this machine and lays it beside its sums: `npm run build:native`.
// On Linux zig links it against an old glibc, so that it loads on systems older than this one.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { target } from './load.mjs';
import {
  addonName,
  formatSums,
  prebuildFolder,
  root,
  settings,
  sha256,
  sourceSum,
  sumsName,
} from './prebuild.mjs';

const triples = { x64: 'x86_64-unknown-linux-gnu', arm64: 'aarch64-unknown-linux-gnu' };
const libraries = { darwin: 'libocelli_edge.dylib', win32: 'ocelli_edge.dll' };

function main() {
  if (!runs('cargo', ['--version'])) {
    fail('Building the addon needs Rust (cargo); see https://rustup.rs. Then run this again.');
  }
  run('cargo', ['fetch', '--locked']);
  const built = compile();
  const folder = prebuildFolder(target());
  mkdirSync(folder, { recursive: true });
  const addon = join(folder, addonName);
  // Not written over: a process that has the old one loaded would read half of the new one.
  copyFileSync(built, `${addon}.new`);
  chmodSync(`${addon}.new`, 0o644);
  renameSync(`${addon}.new`, addon);
  const data = readFileSync(addon);
  writeFileSync(join(folder, sumsName), formatSums({ source: sourceSum(), addon: sha256(data) }));
  console.log(`${addon}: ${(data.length / 2 ** 20).toFixed(1)} MiB`);
}

/** Returns the path of the library. */
function compile() {
  const triple = triples[process.arch];
  if (target() === `linux-${process.arch}` && triple !== undefined) {
    if (hasZig()) {
      cargo(['zigbuild', '--release', '--locked', '--target', `${triple}.${settings.glibc}`]);
      return join(root, 'target', triple, 'release', 'libocelli_edge.so');
    }
    console.warn(
      'zig or cargo-zigbuild is not here (pip install ziglang cargo-zigbuild): the addon will ' +
        "need this machine's glibc or a newer one. Good enough to work here, not to be committed.",
    );
  }
  cargo(['build', '--release', '--locked']);
  return join(root, 'target', 'release', libraries[process.platform] ?? 'libocelli_edge.so');
}

function hasZig() {
  const zig = runs('zig', ['version']) || runs('python3', ['-m', 'ziglang', 'version']);
  return zig && runs('cargo-zigbuild', ['--version']);
}

function cargo(args) {
  const env = { ...process.env, CARGO_ENCODED_RUSTFLAGS: shortPaths().join('\x1f') };
  run('cargo', args, env);
}

/** Panics name the file they come from. Whose folder that lay in is nobody's business. */
function shortPaths() {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const crates = readdirSync(registry).map((name) => [join(registry, name), 'crates']);
  return [...crates, [resolve(root), 'native']].map(
    ([from, to]) => `--remap-path-prefix=${from}=${to}`,
  );
}

function run(command, args, env = process.env) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) fail(`${command} ${args[0]} failed; what it wrote above says why.`);
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main();
