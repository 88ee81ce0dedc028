// A second run over unchanged files: files a second, and whether a larger library is slower a file.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effort } from './effort.ts';
import { inProcess } from './inProcess.ts';
import type { BenchModel } from './models.ts';
import type { RescanJob, RescanTimes } from './rescanProcess.ts';
import { median } from './statistics.ts';

export interface RescanFigures {
  readonly files: number;
  readonly runs: number;
  readonly medianMs: number;
  readonly filesPerSecond: number;
  readonly peakRssMb: number | undefined;
}

export async function measureRescan(options: {
  readonly bench: BenchModel;
  readonly folder: string;
  readonly effort: Effort;
  tell(text: string): void;
}): Promise<RescanFigures[]> {
  const { bench, effort } = options;
  const figures: RescanFigures[] = [];
  for (const files of effort.rescanFiles) {
    options.tell(`looking again at ${files} unchanged files`);
    const folder = await mkdtemp(join(options.folder, 'rescan-'));
    const job: RescanJob = {
      folder,
      files,
      model: bench.model,
      precision: bench.precisions.at(-1) ?? 'float32',
      runs: effort.rescans,
    };
    const { result, peakRssMb } = await inProcess<RescanJob, RescanTimes>('rescanProcess.ts', job);
    await rm(folder, { recursive: true, force: true });
    const medianMs = median(result.totalMs);
    const runs = result.totalMs.length;
    figures.push({ files, runs, medianMs, filesPerSecond: (files / medianMs) * 1000, peakRssMb });
  }
  return figures;
}
