// `npm test`: every check of the project, in one go, on a machine where nothing was set up by hand.
// Each static check counts as one test. The last line is `N passed, N failed, N skipped`, and every
// skipped test is named above it with its reason.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemPackages } from './systemPackages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'ocelli-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
const skipped = [];

// With the Node that the project carries, whichever Node started this script.
const node = join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

function run(script, args) {
  const path = join(root, 'node_modules', script);
  return spawnSync(node, [path, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

function check(name, passes) {
  console.log(`\n── ${name}`);
  const start = Date.now();
  const passed = passes();
  totals[passed ? 'passed' : 'failed'] += 1;
  console.log(
    `${passed ? 'passed' : 'FAILED'}: ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`,
  );
}

/** Runs vitest and adds its tests to the totals; a run that leaves no report counts as a failure. */
function runVitest() {
  console.log('\n── unit, integration and end-to-end tests');
  const report = join(scratch, 'vitest.json');
  const ok = run('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  ]);
  if (!existsSync(report)) {
    totals.failed += 1;
    return;
  }
  const results = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += results.numPassedTests;
  totals.failed += results.numFailedTests;
  // A file that fails to load, or an error outside any test, fails no test: count the run itself.
  if (!ok && results.numFailedTests === 0) totals.failed += 1;
  for (const file of results.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') continue;
      totals.skipped += 1;
      skipped.push(test.fullName);
    }
  }
}

if (!existsSync(join(root, '..', 'shared', 'photos'))) {
  console.log(
    'There is no ../shared here: tests that want its photographs use test/fixtures instead.',
  );
}

// A browser and a display for the end-to-end tests; what cannot be had is named, and they skip.
for (const { what, why } of systemPackages().missing) console.log(`Missing: ${what}: ${why}`);

// Killed on purpose, hosts and browsers leave what they keep in the temporary folder: so it is ours.
// Some tests become somebody else, who must come through it.
chmodSync(scratch, 0o755);
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = scratch;

check('types', () => run('typescript/bin/tsc', ['--noEmit']));
check('types of the renderer', () =>
  run('typescript/bin/tsc', ['--noEmit', '--project', 'src/renderer']),
);
check('format and lint', () => run('@biomejs/biome/bin/biome', ['check', '.']));
check('borders between rooms', () =>
  run('dependency-cruiser/bin/dependency-cruiser.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    'src',
  ]),
);
check(
  'the prebuilt addon is built from its source',
  () =>
    spawnSync(node, [join(root, 'native/checkPrebuild.mjs')], { stdio: 'inherit' }).status === 0,
);
runVitest();

rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
if (skipped.length > 0) {
  console.log('\nSkipped:');
  for (const name of skipped) console.log(`  ${name}`);
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;
