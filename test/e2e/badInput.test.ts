// Files and folders that are not what they should be: each is told by its name with a code and a way
// out, and the rest goes on.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../src/shared/contract.ts';
import { storedPhotos } from '../support/catalogue.ts';
import { copyPhotos, drawPhotos, sharedPhotos, tinyPhotos } from '../support/photos.ts';
import { blackPng, drawPng } from '../support/png.ts';
import { failuresOf, found, indexReport, statusOf } from '../support/reports.ts';
import { ocelliExpecting, startOcelli } from '../support/runOcelli.ts';
import { owner, underPermissions } from '../support/somebodyElse.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { expectSum } from '../support/testEngine.ts';
import { waitUntil } from '../support/waitUntil.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = temporaryFolder();
const longAgo = new Date(2001, 1, 1);
const jpeg = readFileSync(join(tinyPhotos, 'rocket.jpg'));

function codes(failures: readonly Failure[]): Record<string, string> {
  return Object.fromEntries(failures.map(({ path, code }) => [basename(path), code]));
}

describe('files that are no photos', () => {
  const photos = join(folder, 'files');
  const data = ['--data', join(folder, 'data-files')];
  const contents: Record<string, { content: Buffer | string; code: string }> = {
    'empty.jpg': { content: '', code: 'FILE_EMPTY' },
    'cut.jpg': { content: jpeg.subarray(0, jpeg.length / 2), code: 'IMAGE_DAMAGED' },
    'cut.png': {
      content: readFileSync(join(tinyPhotos, 'coffee.png')).subarray(0, 99_999),
      code: 'IMAGE_DAMAGED',
    },
    'head only.jpg': { content: jpeg.subarray(0, 20), code: 'IMAGE_DAMAGED' },
    'text.jpg': { content: 'a shopping list', code: 'NOT_AN_IMAGE' },
    'zeros.png': { content: Buffer.alloc(5000), code: 'NOT_AN_IMAGE' },
    'bomb.png': { content: blackPng(30_000, 30_000), code: 'IMAGE_TOO_LARGE' },
    'newer.jxl': {
      content: Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1'),
      code: 'FORMAT_UNSUPPORTED',
    },
    'camera.cr2': {
      content: Buffer.from(`II*\0\x10\0\0\0CR\x02\0${'\0'.repeat(500)}`, 'latin1'),
      code: 'FORMAT_UNSUPPORTED',
    },
    'drawing.svg': {
      content: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>',
      code: 'FORMAT_UNSUPPORTED',
    },
  };

  beforeAll(async () => {
    copyPhotos(photos, ['camera.png', 'china.jpg']);
    for (const [name, { content }] of Object.entries(contents)) {
      writeFileSync(join(photos, name), content);
    }
    utimesSync(join(photos, 'zeros.png'), longAgo, longAgo);
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos]);
  });

  it('each have a code, and the photos among them are indexed', async () => {
    const failures = await failuresOf(data);
    expect(codes(failures)).toEqual(
      Object.fromEntries(Object.entries(contents).map(([name, { code }]) => [name, code])),
    );
    const status = await statusOf(data);
    expectSum(status);
    expect(status).toMatchObject({ indexed: 2, failed: 7, skipped: 3, pending: 0 });
    for (const { outcome, code } of failures) {
      expect(outcome).toBe(code === 'FORMAT_UNSUPPORTED' ? 'skipped' : 'failed');
    }
  });

  it('each are told in a sentence that names the file, with a way out', async () => {
    const { stdout } = await ocelliExpecting(0, [...data, 'errors']);
    for (const { path, message, wayOut, code } of await failuresOf(data)) {
      expect(message).toContain(path);
      expect(message.replace(path, '').length).toBeGreaterThan(10);
      expect(wayOut).toMatch(/^[A-Z].+\.$/);
      expect(stdout).toContain(path);
      expect(stdout).toContain(code);
      expect(stdout).toContain(wayOut);
    }
  });

  it('are not looked into again by the next run', async () => {
    const report = await indexReport(0, [...data]);
    expect(report).toMatchObject({ indexed: 2, failed: 7, skipped: 3, embedded: 0, unchanged: 2 });
    expect(report.workMs).toBe(0);
  });

  it('are indexed once they are mended; with --retry also where size and time are the same', async () => {
    writeFileSync(join(photos, 'cut.jpg'), jpeg);
    expect(await indexReport(0, [...data])).toMatchObject({ indexed: 3, failed: 6, embedded: 1 });

    const path = join(photos, 'zeros.png');
    writeFileSync(path, Buffer.concat([drawPng(5, 32), Buffer.alloc(5000)]).subarray(0, 5000));
    utimesSync(path, longAgo, longAgo);
    expect(await indexReport(0, [...data])).toMatchObject({ indexed: 3, failed: 6 });
    const { stdout } = await ocelliExpecting(0, [...data, 'errors', '--retry']);
    expect(stdout).toContain('4 indexed + 5 failed + 3 skipped');
    expect(codes(await failuresOf(data))).not.toHaveProperty('zeros.png');
    const empty = (await failuresOf(data)).find(({ path }) => path.endsWith('empty.jpg'));
    expect(empty).toMatchObject({ code: 'FILE_EMPTY', attempts: 2 });
  });
});

describe('names and kinds of files that systems allow', () => {
  const photos = join(folder, 'names');
  const data = ['--data', join(folder, 'data-names')];
  const odd = ['line\nbreak.png', '📷 ночь.png', 'it\'s "odd" $HOME `x`.png', '-rf.png', ' .png'];
  const long = `${'ü'.repeat(125)}x.png`;
  const server = createServer();

  beforeAll(async () => {
    mkdirSync(join(photos, 'sub'), { recursive: true });
    for (const [i, name] of [...odd, long].entries()) writeFileSync(join(photos, name), drawPng(i));
    const outside = drawPhotos(join(folder, 'outside'), 2, 500);
    symlinkSync(photos, join(photos, 'sub', 'circle'));
    symlinkSync('..', join(photos, 'sub', 'up'));
    symlinkSync(outside, join(photos, 'elsewhere'));
    symlinkSync('nowhere.png', join(photos, 'broken.png'));
    symlinkSync('loop.png', join(photos, 'loop.png'));
    symlinkSync(join(outside, 'drawn-0.png'), join(photos, 'link to a photo.png'));
    mkdirSync(join(photos, 'folder.jpg'));
    execFileSync('mkfifo', [join(photos, 'fifo.jpg')]);
    await new Promise<void>((resolve) => server.listen(join(photos, 'socket.jpg'), resolve));
    // Two names that no text can hold, and that read alike.
    for (const byte of [0xfe, 0xff]) {
      const name = Buffer.concat([
        Buffer.from(`${photos}/bad`),
        Buffer.from([byte]),
        Buffer.from('.png'),
      ]);
      writeFileSync(name, drawPng(byte));
    }
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos]);
  });
  afterAll(() => server.close());

  it('are all found, and nothing hangs', async () => {
    const status = await statusOf(data);
    expectSum(status);
    expect(status).toMatchObject({ indexed: odd.length + 1 + 2 + 1, failed: 3, skipped: 0 });
    const { hits } = await found([...data, 'anything', '--limit', '100']);
    const paths = new Set(hits.map((hit) => hit.path));
    for (const name of [...odd, long]) expect(paths).toContain(join(photos, name));
    expect(paths).toContain(join(photos, 'elsewhere', 'drawn-1.png'));
  });

  it('that lead nowhere or are no text are told, and are so after a retry as well', async () => {
    const expected = { 'broken.png': 'FILE_UNREADABLE', 'loop.png': 'FILE_UNREADABLE' };
    for (const args of [[], ['--retry']]) {
      await ocelliExpecting(0, [...data, 'errors', ...args]);
      const failures = await failuresOf(data);
      expect(codes(failures)).toMatchObject(expected);
      expect(failures).toHaveLength(3);
      const unnamed = failures.find(({ path }) => path.includes('\ufffd'));
      expect(unnamed?.message).toContain('rename it');
      const broken = failures.find(({ path }) => path.endsWith('broken.png'));
      expect(broken?.message).toContain('leads nowhere');
    }
  });

  it('take one line each in a terminal, and are whole between NULs', async () => {
    const table = await ocelliExpecting(0, [...data, 'search', 'break']);
    expect(table.stdout).toContain('line\\nbreak.png');
    const { stdout } = await ocelliExpecting(0, [...data, 'search', 'break', '--paths', '-0']);
    expect(stdout.split('\0')).toContain(join(photos, 'line\nbreak.png'));
  });

  it('cost nothing when they have not changed', async () => {
    const report = await indexReport(0, [...data]);
    expect(report).toMatchObject({ embedded: 0, recognised: 0, unchanged: odd.length + 4 });
  });
});

const skipReason = underPermissions ? '' : ' (left out: this root cannot become somebody else)';

describe(`what may not be read${skipReason}`, () => {
  it.skipIf(!underPermissions)(
    'is told by its name; the rest goes on; it is indexed once it may be',
    async () => {
      const photos = copyPhotos(join(folder, 'forbidden'), ['camera.png', 'china.jpg']);
      copyPhotos(join(photos, 'closed'), ['coffee.png']);
      copyPhotos(join(photos, 'listed'), ['rocket.jpg']);
      const dataFolder = join(folder, 'data-forbidden');
      mkdirSync(dataFolder);
      chmodSync(folder, 0o755);
      if (owner) execFileSync('chown', [`${owner.uid}:${owner.gid}`, dataFolder]);
      chmodSync(join(photos, 'china.jpg'), 0o000);
      chmodSync(join(photos, 'closed'), 0o000);
      chmodSync(join(photos, 'listed'), 0o444);
      const run = () =>
        ocelliExpecting(0, ['--data', dataFolder, 'index', '--quiet', photos], underPermissions);

      const first = await run();
      expect(first.stderr).toContain(`${join(photos, 'closed')} cannot be read`);
      expect(first.stdout).toContain('3 photos = 1 indexed + 2 failed');
      const { stdout } = await ocelliExpecting(
        0,
        ['--data', dataFolder, 'errors', '--json'],
        underPermissions,
      );
      const failures: Failure[] = JSON.parse(stdout);
      expect(codes(failures)).toEqual({
        'china.jpg': 'FILE_UNREADABLE',
        'rocket.jpg': 'FILE_UNREADABLE',
      });

      chmodSync(join(photos, 'china.jpg'), 0o644);
      chmodSync(join(photos, 'closed'), 0o755);
      chmodSync(join(photos, 'listed'), 0o755);
      expect((await run()).stdout).toContain('4 photos = 4 indexed + 0 failed');
      // What was known of a folder stays while it is closed.
      chmodSync(join(photos, 'closed'), 0o000);
      expect((await run()).stdout).toMatch(/0 removed/);
      chmodSync(join(photos, 'closed'), 0o755);
    },
  );
});

describe('what vanishes while it is looked into', () => {
  it('a folder: the run ends, and the library has what is left', async () => {
    const photos = drawPhotos(join(folder, 'vanishing'), 10);
    drawPhotos(join(photos, 'big'), 300, 1000);
    const dataFolder = join(folder, 'data-vanishing');
    const data = ['--data', dataFolder, '--decoders', '1', '--embedders', '1'];
    const running = startOcelli([...data, 'index', '--quiet', photos]);
    await waitUntil('some photos are stored', () => storedPhotos(dataFolder) > 0);
    rmSync(join(photos, 'big'), { recursive: true });
    const { status } = await running.ended;
    expect(status).toBe(0);
    const gone = await failuresOf(data);
    expect(gone.every(({ code }) => code === 'FILE_GONE')).toBe(true);
    const report = await indexReport(0, [...data]);
    expectSum(report);
    expect(report).toMatchObject({ eligible: 10, indexed: 10, failed: 0 });
    expect(await failuresOf(data)).toEqual([]);
  });

  it('a whole disk: what is stored stays, and the rest is done when it is back', async () => {
    const photos = drawPhotos(join(folder, 'disk'), 200, 2000);
    const dataFolder = join(folder, 'data-disk');
    const data = ['--data', dataFolder, '--decoders', '1', '--embedders', '1'];
    const running = startOcelli([...data, 'index', '--quiet', photos]);
    await waitUntil('some photos are stored', () => storedPhotos(dataFolder) > 0);
    renameSync(photos, `${photos}.away`);
    expect((await running.ended).status).toBe(0);
    const stored = storedPhotos(dataFolder);
    expect(await statusOf(data)).toMatchObject({ eligible: 200 });
    // Another run while it is away takes nothing from the library.
    await indexReport(0, [...data]);
    const away = await statusOf(data);
    expectSum(away);
    expect(away).toMatchObject({ eligible: 200, indexed: stored, roots: [{ state: 'offline' }] });
    renameSync(`${photos}.away`, photos);
    const report = await indexReport(0, [...data]);
    expect(report).toMatchObject({ indexed: 200, failed: 0, embedded: 200 - stored });
  });
});

const camera = sharedPhotos('camera/jpg');

describe(`photos that cameras and programs have damaged${camera ? '' : ' (left out: the collection is not on this machine)'}`, () => {
  it.skipIf(!camera)('are indexed or told one by one, and never end the run', async () => {
    const photos = join(folder, 'camera');
    cpSync(camera ?? '', photos, { recursive: true });
    const data = ['--data', join(folder, 'data-camera')];
    const report = await indexReport(0, [...data, photos]);
    expectSum(report);
    expect(report).toMatchObject({ outcome: 'complete', pending: 0 });
    expect(report.indexed).toBeGreaterThan(0);
    for (const failure of await failuresOf(data)) {
      expect(failure.message).toContain(failure.path);
      expect(['IMAGE_DAMAGED', 'NOT_AN_IMAGE', 'FORMAT_UNSUPPORTED', 'FILE_EMPTY']).toContain(
        failure.code,
      );
    }
  });
});
