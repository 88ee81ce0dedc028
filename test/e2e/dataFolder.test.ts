// Data folders that cannot take what Ocelli wants to keep: full disks, and ones it may not write to.
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
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

      // While it is full, every command says so and none crashes.
      for (const args of [['status'], ['search', 'anything'], ['index']]) {
        const refused = await ocelli([...data, ...args]);
        expect(refused.status, args.join()).toBe(4);
        expect(refused.stderr).toContain('[DISK_FULL]');
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
