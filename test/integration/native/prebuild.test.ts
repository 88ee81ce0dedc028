// The prebuild that the repository carries belongs to its source and loads on older systems.

import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { freshPath } from './support.ts';

const native = fileURLToPath(new URL('../../../native/', import.meta.url));
const prebuild = join(native, 'prebuilds', 'linux-x64');

function check(folder: string, source = native) {
  const script = join(source, 'checkPrebuild.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], {
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

/** The source without prebuilds, to be changed at will. */
async function copyOfSource(): Promise<string> {
  const path = await freshPath();
  await mkdir(path);
  const names = ['Cargo.toml', 'Cargo.lock', 'build.rs', 'src'];
  const scripts = ['checkPrebuild.mjs', 'prebuild.mjs', 'elf.mjs'];
  for (const name of [...names, ...scripts]) {
    await cp(join(native, name), join(path, name), { recursive: true });
  }
  return path;
}

test('the committed prebuild was built from the source beside it, for the promised glibc', () => {
  expect(check(prebuild)).toEqual({ status: 0, said: expect.stringMatching(/^Built from this/) });
});

test('a changed source, new or taken away, is told in a sentence', async () => {
  const source = await copyOfSource();
  expect(check(prebuild, source).status).toBe(0);
  await writeFile(join(source, 'src', 'new.rs'), '');
  const outcome = check(prebuild, source);
  expect(outcome.status).toBe(1);
  expect(outcome.said).toMatch(/other sources .* Run `npm run build:native`/);
  await rm(join(source, 'src', 'new.rs'));
  expect(check(prebuild, source).status).toBe(0);
});

test('an addon that is missing, or is not the one that was built, is told in a sentence', async () => {
  const folder = await freshPath();
  await mkdir(folder);
  expect(check(folder)).toMatchObject({ status: 1, said: expect.stringMatching(/is missing/) });
  await copyFile(join(prebuild, 'source.sha256'), join(folder, 'source.sha256'));
  await writeFile(join(folder, 'ocelli-edge.node'), 'not the addon');
  expect(check(folder)).toMatchObject({ status: 1, said: expect.stringMatching(/cut short/) });
});

test('where there is no addon, importing the index says what to run', async () => {
  const folder = await freshPath();
  await mkdir(folder);
  for (const name of ['index.mjs', 'load.mjs', 'check.mjs', 'error.mjs']) {
    await copyFile(join(native, name), join(folder, name));
  }
  const code = "import('./index.mjs').catch((e) => console.log(e.code, e.message))";
  const { stdout } = spawnSync(process.execPath, ['-e', code], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toMatch(/^ADDON_MISSING .*npm run build:native/);
});
