// How many photos the decoders manage in a second when nobody else wants the cores: the sample
// photos, decoded as in a run.
import { appendFile, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Model } from '../../shared/model.ts';
import type { Transport } from '../pool/transport.ts';
import { withPool } from '../pool/withPool.ts';
import { createDecoders, type DecoderPool } from '../pools.ts';
import { samplePhotos } from '../samplePhotos.ts';

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
  const all = {
    close() {
      for (const pool of pools) pool.close();
    },
  };
  try {
    return await withPool(all, signal, () => rateOf(pools, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rateOf(pools: readonly DecoderPool[], folder: string): Promise<number> {
  const paths = await writePhotos(folder, photosEach * pools.length);
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
}

/** Bytes behind the end of a JPEG make it another content, whose thumbnail is made anew. */
async function writePhotos(folder: string, count: number): Promise<string[]> {
  const samples = await samplePhotos();
  const paths: string[] = [];
  for (let i = 0; paths.length < count; i++) {
    for (const sample of samples) {
      const path = join(folder, `${i}-${basename(sample)}`);
      await copyFile(sample, path);
      await appendFile(path, `${i}`);
      paths.push(path);
    }
  }
  return paths.slice(0, count);
}
