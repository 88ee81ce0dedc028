// The machine that a run took place on: figures mean nothing without it.
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { repository } from './places.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly onnxRuntime: string;
  readonly sharp: string;
  /** Integer dot products in the processor, on which the speed of int8 rests. */
  readonly vnni: 'yes' | 'no' | 'unknown';
  /** One-minute load average before the run: what else was going on. Zeros on Windows. */
  readonly loadBefore: number;
  readonly date: string;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}, ${release()}`,
    node: process.versions.node,
    onnxRuntime: versionOf('onnxruntime-node'),
    sharp: versionOf('sharp'),
    vnni: vnni(),
    loadBefore: loadavg()[0] ?? 0,
    date: new Date().toISOString().slice(0, 10),
  };
}

function versionOf(name: string): string {
  // Not every package exports its package.json, so it is not asked for by `require`.
  const text = readFileSync(join(repository, 'node_modules', name, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function vnni(): Machine['vnni'] {
  try {
    // x86 calls it VNNI (in two widths); Arm's likes of it are 'asimddp' and 'i8mm'.
    const flags = readFileSync('/proc/cpuinfo', 'utf8');
    return /\b(avx512_vnni|avx_vnni|asimddp|i8mm)\b/.test(flags) ? 'yes' : 'no';
  } catch {
    return process.platform === 'darwin' && process.arch === 'arm64' ? 'yes' : 'unknown';
  }
}
