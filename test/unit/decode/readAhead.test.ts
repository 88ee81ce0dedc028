// Files that are read before their turn: what comes of them is what reading them in turn would give.
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReadAhead } from '../../../src/engine/decode/readAhead.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { refusal } from '../../support/testEngine.ts';

const folder = temporaryFolder();
let number = 0;

function file(text: string): string {
  const path = join(folder, `${++number}.txt`);
  writeFileSync(path, text);
  return path;
}

async function readText(files: ReadAhead, path: string): Promise<string> {
  return (await files.read(path)).toString();
}

describe('reading ahead', () => {
  it('gives what was read before, once', async () => {
    const files = new ReadAhead();
    const path = file('first');
    await files.begin(path);
    writeFileSync(path, 'second');
    expect(await readText(files, path)).toBe('first');
    expect(await readText(files, path)).toBe('second');
  });

  it('is not waited for where nothing was begun', async () => {
    expect(await readText(new ReadAhead(), file('alone'))).toBe('alone');
  });

  it('tries anew, in its turn, what could not be read', async () => {
    const files = new ReadAhead();
    const path = file('late');
    rmSync(path);
    await files.begin(path);
    writeFileSync(path, 'there again');
    expect(await readText(files, path)).toBe('there again');
    rmSync(path);
    await files.begin(path);
    expect((await refusal(files.read(path))).code).toBe('FILE_GONE');
  });

  it('holds no more than has room at once', async () => {
    const files = new ReadAhead();
    const [first, second] = [file(''), file('')];
    for (const path of [first, second]) truncateSync(path, 2 ** 24 + 1);
    await files.begin(first);
    await files.begin(second);
    writeFileSync(second, 'was not read');
    expect(await readText(files, second)).toBe('was not read');
    expect((await files.read(first)).length).toBe(2 ** 24 + 1);
    // What was handed out takes no room any more.
    truncateSync(second, 2 ** 24 + 1);
    await files.begin(second);
    writeFileSync(second, 'was read before');
    expect((await files.read(second)).length).toBe(2 ** 24 + 1);
  });

  it('leaves files alone that are too large to be held beside another', async () => {
    const files = new ReadAhead();
    const path = file('large');
    truncateSync(path, 2 ** 25 + 1);
    await files.begin(path);
    writeFileSync(path, 'small by now');
    expect(await readText(files, path)).toBe('small by now');
  });
});
