// A small file is replaced as a whole: looked at meanwhile, on a full disk, with its mode.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/shared/replaceFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { mountSmallDisk } from '../support/tmpfs.ts';

describe('a file that is replaced', () => {
  const disk = mountSmallDisk(join(temporaryFolder(), 'disk'), '64k');

  it('is never seen in part', async () => {
    const path = join(temporaryFolder(), 'file');
    const [first, second] = ['first '.repeat(20_000), 'second '.repeat(20_000)];
    await replaceFile(path, first);
    const seen = new Set<string>();
    let isDone = false;
    const looking = (async () => {
      while (!isDone) seen.add(await readFile(path, 'utf8'));
    })();
    for (let i = 0; i < 100; i++) await replaceFile(path, i % 2 === 0 ? second : first);
    isDone = true;
    await looking;
    expect([...seen].filter((text) => text !== first && text !== second)).toEqual([]);
    expect(seen.size).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('is for its owner alone where that is said', async () => {
    const path = join(temporaryFolder(), 'file');
    await replaceFile(path, 'secret', 0o600);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is what it was where the disk is full, and nothing lies beside it', async ({ skip }) => {
    if (!disk) return skip('no small disk can be mounted');
    const path = join(disk.folder, 'file');
    writeFileSync(path, 'the one before');
    await expect(replaceFile(path, 'x'.repeat(100_000))).rejects.toThrow(/ENOSPC/);
    expect(readFileSync(path, 'utf8')).toBe('the one before');
    expect(readdirSync(disk.folder)).toEqual(['file']);
  });
});
