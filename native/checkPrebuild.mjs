// Whether the prebuilds belong to the source beside them and load where they promise to:
// `node native/checkPrebuild.mjs` says what is wrong and fails, or says that nothing is. It looks at
// the folders that it is given, else at all prebuilds.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNewer, neededGlibc } from './elf.mjs';
import {
  addonName,
  parseSums,
  prebuildFolder,
  root,
  settings,
  sha256,
  sourceSum,
  sumsName,
} from './prebuild.mjs';

/** What is wrong with the prebuild in `folder`, as sentences; none if it is sound. */
function problemsOf(folder) {
  const [addonPath, sumsPath] = [join(folder, addonName), join(folder, sumsName)];
  for (const path of [addonPath, sumsPath]) {
    if (!existsSync(path)) return [`${path} is missing. Run \`npm run build:native\`.`];
  }
  const addon = readFileSync(addonPath);
  const sums = parseSums(readFileSync(sumsPath, 'utf8'));
  const problems = [];
  if (sums.source !== sourceSum()) {
    problems.push(
      `${addonPath} was built from other sources than native/ holds now. Run \`npm run build:native\` and commit what it writes.`,
    );
  }
  if (sums.addon !== sha256(addon)) {
    problems.push(
      `${addonPath} is not the file that ${sumsName} speaks of: it was changed or cut short.`,
    );
  }
  return problems.concat(glibcProblems(addonPath, addon));
}

function glibcProblems(path, addon) {
  if (addon.readUInt32BE(0) !== 0x7f454c46) return [];
  return neededGlibc(addon)
    .filter((version) => isNewer(version, settings.glibc))
    .map(
      (version) =>
        `${path} needs GLIBC_${version}; ${settings.glibc} is promised. Build it with zig.`,
    );
}

function main(folders) {
  const problems = folders.flatMap((folder) => problemsOf(folder));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`Built from this source: ${folders.join(', ')}`);
}

function allPrebuilds() {
  return readdirSync(join(root, 'prebuilds')).map(prebuildFolder);
}

const given = process.argv.slice(2);
main(given.length > 0 ? given : allPrebuilds());
