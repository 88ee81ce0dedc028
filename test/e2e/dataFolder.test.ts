// Data folders that cannot take what Ocelli wants to keep: full disks, and ones it may not write to.
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { systemCode } from '../../src/shared/errors.ts';
import { storedPhotos } from '../support/catalogue.ts';
import { copyPhotos, drawPhotos } from '../support/photos.ts';
import { found, indexReport, statusOf } from '../support/reports.ts';
import { ocelli, ocelliExpecting, startOcelli } from '../support/runOcelli.ts';
import { underPermissions } from '../support/somebodyElse.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { expectSum } from '../support/testEngine.ts';
import { mountSmallDisk, type SmallDisk } from '../support/tmpfs.ts';
import { waitUntil } from '../support/waitUntil.ts';

vi.setConfig({ testTimeout: 180_000 });

const folder = temporaryFolder();
const disk = mountSmallDisk(join(folder, 'disk'), '160m');
const mountReason = disk ? '' : ' (left out: no disk may be mounted here)';
const permissionReason = underPermissions
  ? ''
  : ' (left out: this root cannot become somebody else)';

/** Takes all the space that there is, and returns the file that holds it. */
function fill({ folder: at }: SmallDisk): string {
  const path = join(at, 'filler');
  const file = openSync(path, 'w');
  const part = Buffer.alloc(65_536);
  try {
    for (;;) writeSync(file, part);
  } catch (error) {
    if (systemCode(error) !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
  return path;
}

describe(`a full disk${mountReason}`, () => {
  it.skipIf(!disk)(
    'in the middle of a run ends it with DISK_FULL; with space it goes on',
    async () => {
      if (!disk) return;
      const photos = drawPhotos(join(folder, 'photos'), 160);
      const dataFolder = join(disk.folder, 'middle');
      const data = ['--data', dataFolder, '--decoders', '1', '--embedders', '1'];
      const running = startOcelli([...data, 'index', '--quiet', photos]);
      await waitUntil('some photos are stored', () => storedPhotos(dataFolder) > 0);
      const filler = fill(disk);
      const { status, stdout, stderr } = await running.ended;
      expect({ status, stderr }).toMatchObject({ status: 4 });
      expect(stderr).toContain('[DISK_FULL]');
      expect(stderr).toContain('Free some space');
      expect(stdout).toContain('still to do');

      // While it is full, nothing is added and nothing crashes. What is known may be asked for, if
      // the catalogue finds the few KiB that opening it takes.
      const refused = await ocelli([...data, 'index']);
      expect(refused.status).toBe(4);
      expect(refused.stderr).toContain('[DISK_FULL]');
      for (const args of [['status'], ['search', 'anything']]) {
        const { status, stderr } = await ocelli([...data, ...args]);
        if (status !== 0) expect({ args, status, stderr }).toMatchObject({ args, status: 4 });
      }

      rmSync(filler);
      const before = await statusOf(data);
      expectSum(before);
      expect(before.indexed).toBeGreaterThan(0);
      const report = await indexReport(0, [...data, photos]);
      expectSum(report);
      expect(report).toMatchObject({ indexed: 160, failed: 0, embedded: 160 - before.indexed });
      expect((await found([...data, 'anything', '--limit', '200'])).hits).toHaveLength(160);
      rmSync(dataFolder, { recursive: true });
    },
  );

  it.skipIf(!disk)('at the first run is told as well', async () => {
    if (!disk) return;
    const filler = fill(disk);
    const { status, stderr } = await ocelli(['--data', join(disk.folder, 'first'), 'status']);
    expect(status).toBe(4);
    expect(stderr).toContain('[DISK_FULL]');
    rmSync(filler);
  });

  it.skipIf(!disk)('almost, lets people search what is there, and adds nothing', async () => {
    if (!disk) return;
    const photos = copyPhotos(join(folder, 'few'), ['camera.png', 'china.jpg']);
    const data = ['--data', join(disk.folder, 'almost')];
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos]);
    const filler = fill(disk);
    truncateSync(filler, statSync(filler).size - 16 * 2 ** 20);

    expect((await found([...data, 'camera'])).hits).toHaveLength(2);
    expect((await statusOf(data)).indexed).toBe(2);
    copyPhotos(photos, ['rocket.jpg']);
    const refused = await ocelli([...data, 'index', '--quiet', photos]);
    expect(refused.status).toBe(4);
    expect(refused.stderr).toContain('[DISK_FULL]');

    rmSync(filler);
    await ocelliExpecting(0, [...data, 'index', '--quiet', photos]);
    expect((await found([...data, 'rocket'])).hits).toHaveLength(3);
    rmSync(join(disk.folder, 'almost'), { recursive: true });
  });

  it.skipIf(!disk)('that is read-only refuses with DATA_UNWRITABLE', async () => {
    if (!disk) return;
    const dataFolder = join(disk.folder, 'read-only');
    const photos = copyPhotos(join(folder, 'two'), ['camera.png', 'china.jpg']);
    await ocelliExpecting(0, ['--data', dataFolder, 'index', '--quiet', photos]);
    disk.remount('ro');
    try {
      for (const args of [['status'], ['index'], ['search', 'camera']]) {
        const { status, stderr } = await ocelli(['--data', dataFolder, ...args]);
        expect(status).toBe(4);
        expect(stderr).toContain('[DATA_UNWRITABLE]');
        expect(stderr).toContain(dataFolder);
      }
    } finally {
      disk.remount('rw');
    }
    expect((await found(['--data', dataFolder, 'camera'])).hits).toHaveLength(2);
  });
});

describe(`a data folder that somebody may not write to${permissionReason}`, () => {
  it.skipIf(!underPermissions)('is refused by its name', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o555);
    for (const dataFolder of [closed, join(closed, 'below')]) {
      const { status, stderr } = await ocelli(['--data', dataFolder, 'status'], underPermissions);
      expect(status).toBe(4);
      expect(stderr).toContain('[DATA_UNWRITABLE]');
      expect(stderr).toContain(dataFolder);
      expect(stderr).toContain('--data');
    }
  });
});

describe('a data folder whose path is too long for the system', () => {
  it('is refused by its name, with a way out', async () => {
    const dataFolder = join(folder, ...Array.from({ length: 20 }, () => 'x'.repeat(250)));
    const { status, stderr } = await ocelli(['--data', dataFolder, 'status']);
    expect(status).toBe(4);
    expect(stderr).toContain('[DATA_UNWRITABLE]');
  });
});
