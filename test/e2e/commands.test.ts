// The command line as a newcomer meets it: every command, its output for people and for scripts, its
// exit status, and what it says to what it does not understand.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyPhotos, drawPhotos, tinyPhotoNames } from '../support/photos.ts';
import { failuresOf, found, indexReport, statusOf } from '../support/reports.ts';
import { ocelli, ocelliExpecting, startOcelli } from '../support/runOcelli.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { expectSum } from '../support/testEngine.ts';

const folder = temporaryFolder();
const photos = copyPhotos(join(folder, 'my photos'));
const data = ['--data', join(folder, 'data')];

beforeAll(async () => {
  await ocelliExpecting(0, [...data, 'index', photos]);
});

describe('help', () => {
  it('names every command, gives examples and lists the exit statuses', async () => {
    const { stdout } = await ocelliExpecting(0, ['--help']);
    for (const word of ['index', 'search', 'status', 'errors', 'forget', '--data', 'Examples']) {
      expect(stdout).toContain(word);
    }
    expect(stdout).toMatch(/0 done · 1 nothing found · 2 not understood/);
    expect(stdout).toContain('Photographs are only read');
  });

  it.each(['index', 'search', 'status', 'errors', 'forget'])(
    'says how %s is used',
    async (name) => {
      const { stdout } = await ocelliExpecting(0, [name, '--help']);
      expect(stdout).toContain(`Usage: ocelli ${name}`);
    },
  );

  it('has the version of the package', async () => {
    const { stdout } = await ocelliExpecting(0, ['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('what is not understood', () => {
  const cases: [string, string[]][] = [
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['status', '--frob']],
    ['an unknown option of a search', ['search', 'dog', '--frob']],
    ['an unknown option of the program', ['--frob', 'status']],
    ['too many arguments', ['status', 'extra']],
    ['too few arguments', ['forget']],
    ['a limit of 0', ['search', 'dog', '--limit', '0']],
    ['a negative limit', ['search', 'dog', '--limit', '-3']],
    ['a limit that is too large', ['search', 'dog', '--limit', '10001']],
    ['a limit that is no number', ['search', 'dog', '--limit', 'ten']],
    ['a limit without its number', ['search', 'dog', '--limit']],
    ['a similarity beyond 1', ['search', 'dog', '--min-score', '1.5']],
    ['an offset below 0', ['search', 'dog', '--offset', '-1']],
    ['an empty data folder', ['--data', '', 'status']],
    ['an unknown precision', ['--precision', 'float8', 'status']],
    ['no words', ['search']],
    ['empty words', ['search', '']],
    ['a folder that is not there', ['index', '/nowhere/at/all']],
    ['a folder to forget that is not known', ['forget', '/nowhere/at/all']],
  ];
  it.each(cases)('%s: exit status 2, and a sentence on standard error alone', async (_, args) => {
    const { status, stdout, stderr } = await ocelli([...data, ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/\w+/);
    expect(stderr).not.toMatch(/\n\s+at |node:internal|INTERNAL/);
  });

  it('a folder that is not there is named, with what can be done', async () => {
    const { stderr } = await ocelliExpecting(2, [...data, 'index', '/nowhere/at/all']);
    expect(stderr).toContain('/nowhere/at/all');
    expect(stderr).toContain('[ROOT_MISSING]');
    expect(stderr).toContain('Check the path');
  });
});

describe('index', () => {
  it('prints a report whose sum is right, and as JSON the same numbers', async () => {
    const { stdout } = await ocelliExpecting(0, [...data, 'index', photos]);
    expect(stdout).toContain('12 photos = 12 indexed + 0 failed + 0 skipped');
    expect(stdout).toContain('12 unchanged');
    for (const row of ['total time, s', 'throughput, images/s', 'decoding, s', 'upsert, s']) {
      expect(stdout).toContain(row);
    }
    const report = await indexReport(0, [...data, photos]);
    expectSum(report);
    expect(report).toMatchObject({ eligible: 12, unchanged: 12, embedded: 0, pending: 0 });
  });

  it('takes folders relative to where it is called, and twice the same one', async () => {
    const own = ['--data', join(folder, 'relative')];
    const { stdout } = await ocelliExpecting(0, [...own, 'index', 'my photos', './my photos/'], {
      cwd: folder,
    });
    expect(stdout).toContain('12 photos = 12 indexed');
    expect((await statusOf(own)).roots.map((root) => root.path)).toEqual([photos]);
  });

  it('of an empty folder is done, with nothing', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const own = ['--data', join(folder, 'of-empty')];
    const report = await indexReport(0, [...own, empty]);
    expect(report).toMatchObject({ outcome: 'complete', eligible: 0 });
    expect((await ocelliExpecting(1, [...own, 'search', 'dog'])).stdout).toBe('');
  });

  it('with --strict has exit status 3 where a photo failed', async () => {
    const bad = join(folder, 'bad');
    mkdirSync(bad);
    writeFileSync(join(bad, 'note.jpg'), 'this is a note');
    const own = ['--data', join(folder, 'strict')];
    await ocelliExpecting(3, [...own, 'index', '--strict', bad]);
    await ocelliExpecting(0, [...own, 'index', bad]);
  });

  it('takes data folders with blanks, emoji and long names, below folders that are not there', async () => {
    const path = join(folder, 'ein Ordner 📷', "it's", 'x'.repeat(150), 'data');
    await ocelliExpecting(0, ['--data', path, 'index', photos]);
    expect(existsSync(join(path, 'catalog.sqlite'))).toBe(true);
    expect((await found(['--data', path, 'camera'])).hits).toHaveLength(12);
  });

  it('reads OCELLI_DATA where --data is not given', async () => {
    const env = { ...process.env, OCELLI_DATA: join(folder, 'data') };
    const { stdout } = await ocelliExpecting(0, ['status'], { env });
    expect(stdout).toContain(photos);
  });
});

describe('search', () => {
  it('prints as JSON the query, the time and the hits with path, score and why', async () => {
    const answer = await found([...data, 'a', 'cup', 'of', 'coffee']);
    expect(answer.query).toBe('a cup of coffee');
    expect(answer.hits).toHaveLength(12);
    expect(answer.hits.map((hit) => hit.path).sort()).toEqual(
      tinyPhotoNames.map((name) => join(photos, name)).sort(),
    );
    const coffee = answer.hits.find((hit) => hit.path.endsWith('coffee.png'));
    expect(coffee?.why).toContain('looks like ‘a cup of coffee’');
  });

  it('prints a table for people', async () => {
    const { stdout } = await ocelliExpecting(0, [...data, 'search', 'camera', '--limit', '1']);
    expect(stdout).toContain(join(photos, 'camera.png'));
    expect(stdout).toContain('file name has ‘camera’');
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('prints bare paths, each with a line break or a NUL at its end', async () => {
    const lines = await ocelliExpecting(0, [...data, 'search', 'camera', '--paths']);
    expect(lines.stdout.split('\n').slice(0, -1)).toHaveLength(12);
    const nuls = await ocelliExpecting(0, [...data, 'search', 'camera', '--paths', '-0']);
    expect(nuls.stdout.split('\0').slice(0, -1)).toEqual(lines.stdout.split('\n').slice(0, -1));
    expect(nuls.stdout.endsWith('\0')).toBe(true);
  });

  it('takes pages', async () => {
    const all = await found([...data, 'camera']);
    const page = await found([...data, 'camera', '--limit', '5', '--offset', '3']);
    expect(page.hits).toEqual(all.hits.slice(3, 8));
  });

  it.each(['-camera', '-hat', '-Volkswagen', '-0ld', '-help', '-x'])(
    'takes %s for a word to leave out, and not for an option',
    async (word) => {
      const { status, stdout } = await ocelli([...data, 'search', '--json', 'picture', word]);
      expect(JSON.parse(stdout).query).toBe(`picture ${word}`);
      // Something found, or nothing: with random weights either is right.
      expect([0, 1]).toContain(status);
    },
  );

  it('takes options in any place, and only words behind --', async () => {
    const late = await found(['--limit', '2', 'camera', ...data]);
    expect(late.hits).toHaveLength(2);
    const { stdout } = await ocelliExpecting(0, [...data, 'search', '--json', '--', 'a', '-hat']);
    expect(JSON.parse(stdout).query).toBe('a -hat');
  });

  it('by an image finds that image', async () => {
    const image = join(photos, 'rocket.jpg');
    const answer = await found([...data, '--image', image, '--limit', '1']);
    expect(answer.hits).toMatchObject([{ path: image, score: 1 }]);
  });

  it('finds nothing before anything is indexed: exit status 1, and what to do', async () => {
    const own = ['--data', join(folder, 'fresh')];
    const { stdout, stderr } = await ocelliExpecting(1, [...own, 'search', 'dog']);
    expect(stdout).toBe('');
    expect(stderr).toContain('Nothing found');
    expect((await ocelliExpecting(0, [...own, 'status'])).stdout).toContain('ocelli index FOLDER');
  });
});

describe('status, errors and forget', () => {
  it('status prints as JSON every count, the model and the roots', async () => {
    const status = await statusOf(data);
    expectSum(status);
    expect(status).toMatchObject({ eligible: 12, indexed: 12, model: 'tiny-clip' });
    expect(status.roots).toMatchObject([{ path: photos, photos: 12, state: 'online' }]);
  });

  it('errors says so where there is none', async () => {
    const { stdout } = await ocelliExpecting(0, [...data, 'errors']);
    expect(stdout).toContain('No photo failed');
  });

  it('errors lists all of thousands, and outlives a reader that has seen enough', async () => {
    const bad = join(folder, 'thousands');
    mkdirSync(bad);
    for (let i = 0; i < 1500; i++) writeFileSync(join(bad, `note-${i}.jpg`), '');
    const own = ['--data', join(folder, 'pipe')];
    await ocelliExpecting(0, [...own, 'index', '--quiet', bad]);
    const running = startOcelli([...own, 'errors']);
    running.process.stdout?.once('data', () => running.process.stdout?.destroy());
    const { status, stderr } = await running.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await failuresOf(own)).toHaveLength(1500);
  });

  it('forget takes the folder out, touches no file, and says that', async () => {
    const other = drawPhotos(join(folder, 'other'), 2);
    await ocelliExpecting(0, [...data, 'index', '--quiet', other]);
    const { stdout } = await ocelliExpecting(0, [...data, 'forget', relative(folder, other)], {
      cwd: folder,
    });
    expect(stdout).toContain('with 2 photos');
    expect(readFileSync(join(other, 'drawn-1.png')).length).toBeGreaterThan(0);
    expect((await statusOf(data)).eligible).toBe(12);
  });
});

describe('surroundings', () => {
  it('a runtime folder that is not there does not matter', async () => {
    const env = { ...process.env, XDG_RUNTIME_DIR: '/nowhere' };
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos], { env });
  });

  it('nothing is left behind in the folder for temporary files', async () => {
    const own = join(folder, 'tmp');
    mkdirSync(own);
    const env = { ...process.env, TMPDIR: own, XDG_RUNTIME_DIR: '' };
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos], { env });
    expect(readdirSync(own)).toEqual([]);
  });
});
