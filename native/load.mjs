// Finds the compiled addon for this machine: the prebuild that the repository or the app carries,
// else what cargo built here.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { EdgeError } from './error.mjs';

const require = createRequire(import.meta.url);

/** The folder of this machine's addon under `prebuilds/`, for example `linux-x64`. */
export function target() {
  const musl = process.platform === 'linux' && !hasGlibc() ? '-musl' : '';
  return `${process.platform}-${process.arch}${musl}`;
}

function hasGlibc() {
  if (process.report === undefined) return true;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

/** Loads the addon; throws ADDON_MISSING where there is none, or none that this machine can load. */
export function loadAddon() {
  const places = [`prebuilds/${target()}/ocelli-edge.node`, 'build/ocelli-edge.node'];
  const failures = [];
  for (const place of places) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (!existsSync(path)) continue;
    try {
      return require(path);
    } catch (error) {
      failures.push(`${place}: ${error.message}`);
    }
  }
  const why = failures.length > 0 ? ` (${failures.join('; ')})` : '';
  throw new EdgeError(
    'ADDON_MISSING',
    `The vector index has no addon for ${target()}${why}. Run \`npm run build:native\`; it needs Rust.`,
  );
}
