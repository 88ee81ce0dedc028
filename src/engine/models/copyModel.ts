// Copies what belongs to a model into a folder of its own, reading each file once: what is written is
// what was hashed.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import type { Model } from '../../shared/model.ts';

/** Left beside what is copied, so that a disk is not filled to its last byte by a model. */
const spareBytes = 64 * 1024 * 1024;

/** @throws MODEL_DAMAGED, MODEL_MISSING, DISK_FULL, DATA_UNWRITABLE */
export async function copyModel(model: Model, to: string): Promise<void> {
  await refuseWithoutRoom(model, dirname(to));
  await writing(to, async () => {
    await mkdir(to, { recursive: true });
    await copyFile(join(model.folder, 'model.json'), join(to, 'model.json'));
    for (const notice of await notices(model.folder)) {
      await copyFile(join(model.folder, notice), join(to, notice));
    }
  });
  for (const file of model.manifest.files) {
    const from = join(model.folder, file.path);
    const hash = await writing(to, () => copyHashed(from, join(to, file.path)));
    if (hash !== file.sha256) {
      throw new OcelliError('MODEL_DAMAGED', `${from} is not what it was when it was made.`);
    }
  }
}

async function copyHashed(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await mkdir(dirname(to), { recursive: true });
  await pipeline(
    createReadStream(from, { highWaterMark: 256 * 1024 }),
    hashed,
    createWriteStream(to),
  );
  // The folder is renamed to its place next: a power cut must not leave names without content.
  const written = await open(to, 'r+');
  await written.sync().finally(() => written.close());
  return hash.digest('hex');
}

/** Licences that ask to go with the files. */
async function notices(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|readme)/i.test(entry.name))
    .map((entry) => entry.name);
}

async function refuseWithoutRoom({ manifest, folder }: Model, into: string): Promise<void> {
  const needed = manifest.files.reduce((sum, file) => sum + file.bytes, spareBytes);
  const { bavail, bsize } = await statfs(into);
  if (bavail * bsize >= needed) return;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  throw new OcelliError(
    'DISK_FULL',
    `The model in ${folder} needs ${megabytes(needed)}; ${into} has ${megabytes(bavail * bsize)} free.`,
  );
}

async function writing<T>(to: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new OcelliError('DISK_FULL', `The model cannot be copied to ${to}: the disk is full.`, {
        cause,
      });
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      const message = `The model cannot be copied to ${to} (${code}).`;
      throw new OcelliError('DATA_UNWRITABLE', message, { cause });
    }
    throw cause;
  }
}
