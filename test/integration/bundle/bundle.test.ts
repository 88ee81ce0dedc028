// `npm run build`: the bundle runs where TypeScript does not, on the machine's own Node.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const model = 'test/fixtures/tiny-clip';

/** The Node that the person installed; npm puts the project's own before it in PATH. */
function machinesNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = folders.filter((folder) => !folder.includes('node_modules'));
  return (
    own.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? process.execPath
  );
}

const node = machinesNode();
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();

describe(`the bundled command line on Node ${version}`, () => {
  let data: string;
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'ocelli-bundle-'));
    execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'ignore' });
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  function ocelli(...args: string[]) {
    const all = ['out/main/cli.js', '--data', data, '--model', model, ...args];
    const { status, stdout, stderr } = spawnSync(node, all, { encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  it('indexes with its bundled workers, and searches', () => {
    const indexed = ocelli('index', '--json', `${model}/photos`);
    expect(indexed.stderr).not.toContain('Error');
    expect(JSON.parse(indexed.stdout)).toMatchObject({ outcome: 'complete', indexed: 12 });
    const found = ocelli('search', '--json', '--limit', '3', 'a', 'cat');
    expect(JSON.parse(found.stdout).hits).toHaveLength(3);
  });
});
