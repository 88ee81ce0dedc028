// The reported pipeline (seed.md), ported as it was to onnxruntime-node: one process, parallel
// execution mode, intra = inter = cores, a pool of 16 for IO, batches of 32 in one reused tensor,
// x/127.5 − 1, upserts in batches. A process of its own; UV_THREADPOOL_SIZE makes the pool of 16.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { InferenceSession, Tensor } from '../../../src/engine/embed/onnxRuntime.ts';
import { poolRows } from '../../../src/engine/embed/pooling.ts';
import { setNiceness } from '../../../src/engine/pool/niceness.ts';
import { openEmbeddedIndex } from '../../../src/engine/vectors/embeddedIndex.ts';
import type { ImageTower } from '../../../src/shared/model.ts';
import { fullPriority } from '../fullPriority.ts';
import { answerJob } from '../inProcess.ts';
import { tellProgress } from './progress.ts';
import type { Run } from './stages.ts';

export interface ReportedJob {
  readonly file: string;
  readonly tower: ImageTower;
  readonly dimensions: number;
  readonly photos: readonly string[];
  readonly indexFolder: string;
  readonly cores: number;
  /** Whether the next batch is read and decoded while this one is computed. */
  readonly prefetch: boolean;
  /** Over the same photos again and again, telling its progress: for who takes part in turns. */
  readonly endless?: boolean;
}

const batchSize = 32;
/** Images that are normalised before they are copied into the batch. */
const chunkSize = 16;

sharp.concurrency(1);

// What it is compared with steps back so far: on a busy machine the one that does not would seem faster.
setNiceness(process.pid, fullPriority);

answerJob<ReportedJob, Run>(async (job) => {
  const start = performance.now();
  const session = await InferenceSession.create(job.file, {
    executionProviders: ['cpu'],
    executionMode: 'parallel',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: job.cores,
    interOpNumThreads: job.cores,
    logSeverityLevel: 3,
  });
  const index = await openEmbeddedIndex(job.indexFolder, job.dimensions);
  const batch = new ReportedBatch(job.tower);
  const stages = { read: 0, decode: 0, thumbnail: 0, embed: 0, store: 0, upsert: 0 };
  const input = job.tower.input.name;
  const output = job.tower.output.name;

  const begin = performance.now();
  if (job.endless) tellProgress({ photos: 0 });
  let next = decodeBatch(job, 0, stages);
  for (let at = 0; job.endless || at < job.photos.length; at += batchSize) {
    const images = await next;
    if (job.prefetch) next = decodeBatch(job, at + batchSize, stages);
    const embedStart = performance.now();
    const answer = (await session.run({ [input]: batch.fill(images) }, [output]))[output];
    if (!(answer?.data instanceof Float32Array)) throw new Error(`no float32 output ${output}`);
    const vectors = poolRows(
      { data: answer.data, shape: answer.dims },
      images.length,
      job.dimensions,
      job.tower.output.pooling,
    );
    const upsertStart = performance.now();
    await index.upsert(
      images.map((_, i) => at + i + 1),
      vectors,
    );
    stages.embed += upsertStart - embedStart;
    stages.upsert += performance.now() - upsertStart;
    if (job.endless) tellProgress({ photos: at + images.length });
    if (!job.prefetch) next = decodeBatch(job, at + batchSize, stages);
  }
  await index.flush();
  const end = performance.now();
  await index.close();
  return { photos: job.photos.length, workMs: end - begin, totalMs: end - start, stages };
});

/** Stage times here are those of the clock, as a batch is read as a whole, then decoded. */
async function decodeBatch(job: ReportedJob, at: number, stages: Run['stages']): Promise<Buffer[]> {
  const start = performance.now();
  const files = await Promise.all(pathsOf(job, at).map((path) => readFile(path)));
  const read = performance.now();
  const { size } = job.tower;
  const images = await Promise.all(
    files.map((file) =>
      sharp(file).resize(size, size).removeAlpha().toColourspace('srgb').raw().toBuffer(),
    ),
  );
  stages.read += read - start;
  stages.decode += performance.now() - read;
  return images;
}

function pathsOf({ photos, endless }: ReportedJob, at: number): readonly string[] {
  if (!endless) return photos.slice(at, at + batchSize);
  return Array.from({ length: batchSize }, (_, i) => photos[(at + i) % photos.length] ?? '');
}

/** One tensor's memory for all batches, filled in chunks. */
class ReportedBatch {
  private readonly tower: ImageTower;
  private readonly length: number;
  private readonly floats: Float32Array;
  private readonly chunk: Float32Array;
  private readonly bytes: Uint8Array;

  constructor(tower: ImageTower) {
    const asBytes = tower.input.type === 'uint8';
    this.tower = tower;
    this.length = tower.size * tower.size * 3;
    this.floats = new Float32Array(asBytes ? 0 : batchSize * this.length);
    this.chunk = new Float32Array(asBytes ? 0 : chunkSize * this.length);
    this.bytes = new Uint8Array(asBytes ? batchSize * this.length : 0);
  }

  fill(images: readonly Buffer[]): Tensor {
    const { size, input } = this.tower;
    const used = images.length * this.length;
    if (input.type === 'uint8') {
      if (input.layout !== 'NHWC') throw new Error('bytes are only fed as NHWC here');
      for (const [i, image] of images.entries()) this.bytes.set(image, i * this.length);
      return new Tensor('uint8', this.bytes.subarray(0, used), [images.length, size, size, 3]);
    }
    if (input.layout !== 'NCHW') throw new Error('floats are only fed as NCHW here');
    for (let at = 0; at < images.length; at += chunkSize) this.copyChunk(images, at);
    return new Tensor('float32', this.floats.subarray(0, used), [images.length, 3, size, size]);
  }

  private copyChunk(images: readonly Buffer[], at: number): void {
    const part = images.slice(at, at + chunkSize);
    for (const [i, image] of part.entries()) normalise(image, this.chunk, i * this.length);
    this.floats.set(this.chunk.subarray(0, part.length * this.length), at * this.length);
  }
}

function normalise(image: Buffer, to: Float32Array, start: number): void {
  const plane = image.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const base = start + channel * plane;
    for (let pixel = 0, at = channel; pixel < plane; pixel++, at += 3) {
      to[base + pixel] = (image[at] ?? 0) / 127.5 - 1;
    }
  }
}
