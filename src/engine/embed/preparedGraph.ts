// Where the prepared graph of a tower lies.
//
// [Note: Prepared graphs] Opening an ONNX file of 350 MB takes seconds and, with the copies that ONNX
// Runtime makes of its weights in the order in which the processor reads them, twice its size in
// memory, in every process anew. A prepared graph is the file as ONNX Runtime has optimised it, its
// weights beside it in that order: opened in a moment, mapped rather than read, and shared by all
// processes that open it. Before, the file is simplified (graph/simplifyGraph.ts). It fits one processor
// and one version of ONNX Runtime only, so both are part of its name. It may be deleted: it is made
// again. See docs/decisions/0015-prepared-graphs.md.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Model, type Precision, type TowerKind, weightsOf } from '../../shared/model.ts';
import { simplification } from './graph/simplifyGraph.ts';
import { runtimeVersion } from './runtimeVersion.ts';

/** The folder of a tower's prepared graph in `folder`, for this machine; it need not be there. */
export function preparedGraphFolder(
  folder: string,
  { manifest }: Model,
  tower: TowerKind,
  precision: Precision,
): string {
  const { sha256 } = weightsOf(manifest, tower, precision) ?? {};
  const key = createHash('sha256')
    .update([sha256, simplification, runtimeVersion(), processor()].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return join(folder, `${manifest.id}-${tower}-${precision}-${key}`);
}

/** Of the folder in which a prepared graph is made before it takes its place. */
export const makingPrefix = 'making-';

/** What a process left in `folder` that was killed; one engine at a time has a data folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(makingPrefix)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

export function graphFile(preparedFolder: string): string {
  return join(preparedFolder, 'graph.onnx');
}

/** What decides in which order weights are best read: the instructions that the processor has. */
function processor(): string {
  const [first] = cpus();
  return [process.platform, process.arch, first?.model ?? '', linuxFlags()].join('\n');
}

/** A virtual machine may hide instructions of a processor of the same name. */
function linuxFlags(): string {
  try {
    return /^(?:flags|Features)\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? '';
  } catch {
    return '';
  }
}
