// The bound: what the cores could do if nothing but decoding and embedding cost anything, and
// neither ever waited. Cores ÷ (CPU seconds to decode one photo + CPU seconds to embed one).
import type { Precision } from '../../src/shared/model.ts';
import type { BoundJob, StageCost } from './boundProcess.ts';
import type { Effort } from './effort.ts';
import { inProcess } from './inProcess.ts';
import type { BenchModel } from './models.ts';
import type { PhotoSet } from './photoSets.ts';

/** As the pipeline does it. */
const batch = 8;

export interface Bound {
  readonly decodeCpuMs: number;
  readonly decodeWithoutThumbnailCpuMs: number;
  readonly embedCpuMs: number;
  readonly photosPerSecond: number;
  /**
   * The same with as many processes at it as there are cores. Where it is lower, the cores share
   * something (a physical core, memory bandwidth, a turbo), and no pipeline can reach the bound.
   */
  readonly allCoresPhotosPerSecond: number;
}

/** What one photo costs in a process alone, and with one on every core at once. */
export interface Costs {
  readonly alone: StageCost;
  readonly busy: StageCost;
}

export interface BoundOptions {
  readonly bench: BenchModel;
  readonly precision: Precision;
  readonly set: PhotoSet;
  readonly folder: string;
  readonly preparedFolder: string;
  readonly cores: number;
  readonly effort: Effort;
  /**
   * What is known of decoding, by set and size of the pixels, and of embedding, by model and precision:
   * neither depends on anything else.
   */
  readonly known: Map<string, Costs>;
  /** Measures what is known once more, and keeps what was less disturbed. */
  readonly again?: boolean;
}

export async function measureBound(options: BoundOptions): Promise<Bound> {
  const { bench, precision, set, folder, preparedFolder, effort } = options;
  const { model, name } = bench;
  const photos = await set.paths(set.size);
  const { boundSeconds: seconds } = effort;
  const { size, resize, crop } = model.manifest.image;
  const decoding: BoundJob = { stage: 'decode', model, photos, folder, seconds };
  const embedding: BoundJob = { stage: 'embed', model, precision, batch, seconds, preparedFolder };
  const decoded = [set.name, size, resize, crop].join(' ');
  const { alone: decode, busy: decodeBusy } = await costs(decoded, decoding, options);
  const { alone: embed, busy: embedBusy } = await costs(`${name} ${precision}`, embedding, options);
  const { cores } = options;
  return {
    decodeCpuMs: decode.cpuSeconds * 1000,
    decodeWithoutThumbnailCpuMs: (decode.withoutThumbnail ?? decode.cpuSeconds) * 1000,
    embedCpuMs: embed.cpuSeconds * 1000,
    photosPerSecond: cores / (decode.cpuSeconds + embed.cpuSeconds),
    allCoresPhotosPerSecond: cores / (decodeBusy.cpuSeconds + embedBusy.cpuSeconds),
  };
}

async function costs(
  key: string,
  job: BoundJob,
  { cores, known, again = false }: BoundOptions,
): Promise<Costs> {
  const before = known.get(key);
  if (before && !again) return before;
  const alone = await cost(job, 1);
  const now = { alone, busy: cores === 1 ? alone : await cost(job, cores) };
  const best = before
    ? { alone: less(before.alone, now.alone), busy: less(before.busy, now.busy) }
    : now;
  known.set(key, best);
  return best;
}

function less(a: StageCost, b: StageCost): StageCost {
  return a.cpuSeconds < b.cpuSeconds ? a : b;
}

/** The mean of several processes that measure at the same time. */
async function cost(job: BoundJob, processes: number): Promise<StageCost> {
  const all = await Promise.all(
    Array.from({ length: processes }, () => inProcess<BoundJob, StageCost>('boundProcess.ts', job)),
  );
  const mean = (figure: (cost: StageCost) => number) =>
    all.reduce((sum, { result }) => sum + figure(result), 0) / all.length;
  return {
    cpuSeconds: mean((each) => each.cpuSeconds),
    withoutThumbnail: mean((each) => each.withoutThumbnail ?? 0),
  };
}
