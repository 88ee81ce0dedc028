// JPEGs of what browsers cannot decode, made by a real process.
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConvertedPictures } from '../../../src/engine/convertedPictures.ts';
import { forkTransport } from '../../../src/engine/pool/forkTransport.ts';
import { repository } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const folder = temporaryFolder();
let pictures: ConvertedPictures;

beforeEach(() => {
  pictures = new ConvertedPictures(forkTransport());
});
afterEach(() => pictures.close());

function photo(name: string): string {
  const path = join(folder, name);
  copyFileSync(join(repository, 'test/fixtures/heic/coffee.heic'), path);
  return path;
}

/** One after the other, long before the process has started. */
async function askFor(names: readonly string[], told: (name: string) => void) {
  const asked: Promise<void>[] = [];
  for (const name of names) {
    asked.push(pictures.of(photo(name)).then(() => told(name)));
    await sleep(20);
  }
  return Promise.allSettled(asked);
}

describe('pictures for browsers', () => {
  it('come first for the photo that was asked for last', async () => {
    const order: string[] = [];
    await askFor(['a', 'b', 'c', 'd'], (name) => order.push(name));
    expect(order).toEqual(['a', 'd', 'c', 'b']);
  });

  it('are kept for who asks again, as long as the file is what it was', async () => {
    const path = photo('kept');
    const first = await pictures.of(path);
    expect(Buffer.from(first.subarray(0, 3)).toString('hex')).toBe('ffd8ff');
    expect(await pictures.of(path)).toBe(first);
    writeFileSync(path, 'no picture any more');
    await expect(pictures.of(path)).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' });
    rmSync(path);
    await expect(pictures.of(path)).rejects.toMatchObject({ code: 'FILE_GONE' });
  });

  it('are cancelled for all when the library is closed, and no process starts any more', async () => {
    const asked = askFor(['e', 'f', 'g'], () => undefined);
    await sleep(80);
    pictures.close();
    const outcomes = await asked;
    expect(outcomes.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(
      Array(3).fill('CANCELLED'),
    );
    await expect(pictures.of(photo('h'))).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
