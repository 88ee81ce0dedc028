// Waiting for a moment in which other programs leave the processor alone: for machines that are
// shared, where a run among others measures the others.
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineCpuSeconds } from './processTree.ts';

/** Share of the processor that other programs may take before a measurement says too little. */
export const tolerableDisturbance = 0.05;

const sampleMs = 2000;
/** Quiet: less of the processor than this is in use. */
const quietShare = 0.1;

/** Resolves at the first quiet sample, or when patience is at its end. At once without /proc. */
export async function untilQuiet(patienceSeconds: number): Promise<void> {
  const end = performance.now() + patienceSeconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    const before = machineCpuSeconds();
    await sleep(sampleMs);
    const after = machineCpuSeconds();
    if (before === undefined || after === undefined) return;
    const seconds = (performance.now() - start) / 1000;
    if ((after - before) / seconds / availableParallelism() < quietShare) return;
  }
}
