// What a prebuild is made of and from: the settings of the build, the folder it lies in, and the
// two sums that say whether it belongs to the source beside it.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('.', import.meta.url));
export const addonName = 'ocelli-edge.node';
export const sumsName = 'source.sha256';

/** Part of the sum: to change one of these is to need a new prebuild. */
export const settings = {
  profile: 'release',
  // The oldest glibc that the Linux addons load with. It is also what Node 20 asks for.
  glibc: '2.28',
  linker: 'zig',
};

export function prebuildFolder(target) {
  return join(root, 'prebuilds', target);
}

export function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/** One sum over the sources and the settings; line endings do not count (git may change them). */
export function sourceSum() {
  const sum = createHash('sha256');
  for (const path of sources()) {
    const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    sum.update(`${relative(root, path).replaceAll('\\', '/')}\0${text}\0`);
  }
  return sum.update(JSON.stringify(settings)).digest('hex');
}

function sources() {
  const rust = readdirSync(join(root, 'src'), { recursive: true })
    .filter((name) => name.endsWith('.rs'))
    .map((name) => join('src', name));
  return ['Cargo.lock', 'Cargo.toml', 'build.rs', ...rust].sort().map((name) => join(root, name));
}

export function formatSums({ source, addon }) {
  return `source ${source}\naddon ${addon}\n`;
}

export function parseSums(text) {
  return Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' ')),
  );
}
