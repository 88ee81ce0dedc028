// How many photos the decoders manage in a second when nobody else wants the cores: the sample
// photos, decoded as in a run.
import { appendFile, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from '../../shared/model.ts';
import type { Transport } from '../pool/transport.ts';
import { createDecoders, type DecoderPool } from '../pools.ts';
import { samplesFolder } from '../workerEntries.ts';

export interface DecodeRateOptions {
  readonly transport: Transport;
  readonly priority: number;
  readonly model: Model;
  readonly decoders: number;
  readonly signal: AbortSignal;
}

/** Photos for each decoder that is measured. */
const photosEach = 16;

/** Photos a second. @throws CANCELLED; DECODER_DIED and others where it cannot be measured */
export async function measureDecoding(options: DecodeRateOptions): Promise<number> {
  const { transport, priority, model, decoders, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'ocelli-tuning-'));
  // A pool each, so that every one is known to be ready before the clock runs.
  const pools = Array.from({ length: decoders }, () =>
    createDecoders(transport, {
      ...{ name: 'measured decoder', size: 1, depth: 1, priority, model },
      thumbnailFolder: join(folder, 'thumbnails'),
    }),
  );
  const stop = () => {
    for (const pool of pools) pool.close();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const paths = await writePhotos(folder, photosEach * decoders);
    const decodeNext = async (pool: DecoderPool): Promise<boolean> => {
      const path = paths.pop();
      if (path === undefined) return false;
      await pool.run({ path, known: [] });
      return true;
    };
    await Promise.all(pools.map(decodeNext));
    const count = paths.length;
    const start = performance.now();
    await Promise.all(
      pools.map(async (pool) => {
        while (await decodeNext(pool));
      }),
    );
    return (count * 1000) / (performance.now() - start);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes behind the end of a JPEG make it another content, whose thumbnail is made anew. */
async function writePhotos(folder: string, count: number): Promise<string[]> {
  const names = (await readdir(samplesFolder)).filter((name) => name.endsWith('.jpg'));
  const paths: string[] = [];
  for (let i = 0; paths.length < count; i++) {
    for (const name of names) {
      const path = join(folder, `${i}-${name}`);
      await copyFile(join(samplesFolder, name), path);
      await appendFile(path, `${i}`);
      paths.push(path);
    }
    if (names.length === 0) throw new Error(`There are no photos in ${samplesFolder}`);
  }
  return paths.slice(0, count);
}
