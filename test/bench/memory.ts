// Memory over a long run: whether it stays as it is, and who holds it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Precision } from '../../src/shared/model.ts';
import type { EngineJob, EngineRun } from './indexing/engineProcess.ts';
import { memoryOf, type ProcessMemory } from './memoryWatch.ts';
import type { BenchModel } from './models.ts';
import type { PhotoSet } from './photoSets.ts';
import { entry } from './places.ts';
import { median } from './statistics.ts';

export interface MemoryFigures {
  readonly model: string;
  readonly precision: Precision;
  readonly photos: number;
  /** Of all processes, shared pages counted once: the median of each tenth of the run. */
  readonly tenthsMb: readonly number[];
  /** How far the tenths after the first two are from their median, at most: a share of it. */
  readonly drift: number;
  readonly peakPssMb: number;
  readonly peakRssMb: number;
  /** At the peak. */
  readonly processes: readonly ProcessMemory[];
}

export interface MemoryOptions {
  readonly bench: BenchModel;
  readonly set: PhotoSet;
  readonly folder: string;
  readonly quick: boolean;
  tell(text: string): void;
}

const sampleMs = 1000;
/** Tenths of a run until caches are full and code is compiled. */
const warmUp = 2;

/** Undefined where the system does not tell of memory. */
export async function measureMemory(options: MemoryOptions): Promise<MemoryFigures | undefined> {
  const { bench, set, tell } = options;
  const photos = options.quick ? 4000 : 20_000;
  const precision = bench.precisions[0] ?? 'float32';
  tell(`memory over ${photos} photos, ${bench.name} ${precision}`);
  const folder = await mkdtemp(join(options.folder, 'memory-'));
  try {
    const samples = await samplesOf({
      dataFolder: join(folder, 'data'),
      modelFolder: bench.model.folder,
      precision,
      folders: await set.folders(photos),
    });
    if (samples.length < 10) return undefined;
    const sums = samples.map((sample) => sum(sample, 'pss'));
    const tenthsMb = Array.from({ length: 10 }, (_, tenth) => {
      const at = (share: number) => Math.floor((sums.length * share) / 10);
      return median(sums.slice(at(tenth), at(tenth + 1)));
    });
    const settled = tenthsMb.slice(warmUp);
    const usual = median(settled);
    const peakPssMb = Math.max(...sums);
    return {
      ...{ model: bench.name, precision, photos, tenthsMb, peakPssMb },
      drift: Math.max(...settled.map((mb) => Math.abs(mb - usual) / usual)),
      peakRssMb: Math.max(...samples.map((sample) => sum(sample, 'rss'))),
      processes: samples[sums.indexOf(peakPssMb)] ?? [],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** While its workers are there: from when the first photos are stored until the last are. */
async function samplesOf(job: EngineJob): Promise<ProcessMemory[][]> {
  const child = fork(entry('indexing/engineProcess.ts'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const samples: ProcessMemory[][] = [];
  const timer = setInterval(() => {
    const sample = memoryOf(child.pid ?? 0);
    if (sample.some(({ name }) => /^(worker|embedder)/.test(name))) samples.push(sample);
  }, sampleMs);
  try {
    child.send(job);
    const [answer]: ({ result: EngineRun } | { error: string })[] = await once(child, 'message');
    if (answer && 'error' in answer) throw new Error(answer.error);
    return samples;
  } finally {
    clearInterval(timer);
    child.kill();
  }
}

function sum(sample: readonly ProcessMemory[], what: 'pss' | 'rss'): number {
  return sample.reduce((all, each) => all + each[what], 0) / 1e6;
}
