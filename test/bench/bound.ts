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
interface Costs {
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
}

export async function measureBound(options: BoundOptions): Promise<Bound> {
  const { bench, precision, set, folder, preparedFolder, cores, effort } = options;
  const { model } = bench;
  const photos = await set.paths(set.size);
  const { boundSeconds: seconds } = effort;
  const decoding = await costs({ stage: 'decode', model, photos, folder, seconds }, cores);
  const embedding = await costs(
    { stage: 'embed', model, precision, batch, seconds, preparedFolder },
    cores,
  );
  const { alone: decode, busy: decodeBusy } = decoding;
  const { alone: embed, busy: embedBusy } = embedding;
  return {
    decodeCpuMs: decode.cpuSeconds * 1000,
    decodeWithoutThumbnailCpuMs: (decode.withoutThumbnail ?? decode.cpuSeconds) * 1000,
    embedCpuMs: embed.cpuSeconds * 1000,
    photosPerSecond: cores / (decode.cpuSeconds + embed.cpuSeconds),
    allCoresPhotosPerSecond: cores / (decodeBusy.cpuSeconds + embedBusy.cpuSeconds),
  };
}

/** Of two measurements of the same, part by part the one that was less disturbed. */
export function leastDisturbed(a: Bound, b: Bound, cores: number): Bound {
  const decodeCpuMs = Math.min(a.decodeCpuMs, b.decodeCpuMs);
  const embedCpuMs = Math.min(a.embedCpuMs, b.embedCpuMs);
  return {
    decodeCpuMs,
    decodeWithoutThumbnailCpuMs: Math.min(
      a.decodeWithoutThumbnailCpuMs,
      b.decodeWithoutThumbnailCpuMs,
    ),
    embedCpuMs,
    photosPerSecond: (cores * 1000) / (decodeCpuMs + embedCpuMs),
    allCoresPhotosPerSecond: Math.max(a.allCoresPhotosPerSecond, b.allCoresPhotosPerSecond),
  };
}

async function costs(job: BoundJob, cores: number): Promise<Costs> {
  const alone = await cost(job, 1);
  return { alone, busy: cores === 1 ? alone : await cost(job, cores) };
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
