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

export async function measureBound(
  { model }: BenchModel,
  precision: Precision,
  set: PhotoSet,
  folder: string,
  cores: number,
  effort: Effort,
): Promise<Bound> {
  const photos = await set.paths(set.size);
  const { boundSeconds: seconds } = effort;
  const decodeJob: BoundJob = { stage: 'decode', model, photos, folder, seconds };
  const embedJob: BoundJob = { stage: 'embed', model, precision, batch, seconds };
  const decode = await cost(decodeJob, 1);
  const embed = await cost(embedJob, 1);
  const decodeBusy = cores === 1 ? decode : await cost(decodeJob, cores);
  const embedBusy = cores === 1 ? embed : await cost(embedJob, cores);
  return {
    decodeCpuMs: decode.cpuSeconds * 1000,
    decodeWithoutThumbnailCpuMs: (decode.withoutThumbnail ?? decode.cpuSeconds) * 1000,
    embedCpuMs: embed.cpuSeconds * 1000,
    photosPerSecond: cores / (decode.cpuSeconds + embed.cpuSeconds),
    allCoresPhotosPerSecond: cores / (decodeBusy.cpuSeconds + embedBusy.cpuSeconds),
  };
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
