// Compiles the addon for this machine and lays it beside its sums: `npm run build:native`.
// On Linux zig links it against an old glibc, so that it loads on systems older than this one.

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const built = compile();
  const folder = prebuildFolder(target());
  mkdirSync(folder, { recursive: true });
  const addon = join(folder, addonName);
  copyFileSync(built, addon);
  chmodSync(addon, 0o644);
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
  return zig && runs('cargo', ['zigbuild', '--version']);
}

function cargo(args) {
  const { status } = spawnSync('cargo', args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`cargo ${args[0]} failed; what it wrote above says why.`);
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main();
