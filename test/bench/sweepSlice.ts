// One short measurement of a way to run a model, with what everything else took meanwhile.
import { availableParallelism } from 'node:os';
import type { MeasuredEmbedders } from '../../src/engine/tuning/measuredEmbedders.ts';
import { cpuSecondsOfTree, machineCpuSeconds } from './processTree.ts';
import type { Slice } from './sweepSlices.ts';

/** At least: two runs of the model are made in any case. */
const sliceMs = 300;

export async function measureSlice(embedders: MeasuredEmbedders, batch: number): Promise<Slice> {
  const start = performance.now();
  const before = othersSeconds();
  const { throughput: embedsPerSecond } = await embedders.measure(batch, sliceMs);
  const after = othersSeconds();
  const slice = { ...embedders.shape, batch, embedsPerSecond };
  if (before === undefined || after === undefined) return slice;
  const available = ((performance.now() - start) / 1000) * availableParallelism();
  return { ...slice, takenByOthers: Math.max(0, (after - before) / available) };
}

/** CPU seconds of everything but this process and its own. */
function othersSeconds(): number | undefined {
  const all = machineCpuSeconds();
  const own = cpuSecondsOfTree(process.pid);
  return all === undefined || own === undefined ? undefined : all - own;
}
