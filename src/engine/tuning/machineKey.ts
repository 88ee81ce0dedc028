// What a measurement holds for: this model on this machine. Where the key is another one, it is made
// again.
import { createHash } from 'node:crypto';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { type Model, type Precision, weightsOf } from '../../shared/model.ts';
import { runtimeVersion } from '../embed/runtimeVersion.ts';

/** Raised when what is measured, or how it is chosen, has changed. */
const version = 2;

export function machineKey({ manifest }: Model, precision: Precision): string {
  const parts = [
    ...[version, process.platform, process.arch, runtimeVersion()],
    ...[cpus()[0]?.model, availableParallelism(), Math.round(totalmem() / 2 ** 30)],
    ...[manifest.id, precision, weightsOf(manifest, 'image', precision)?.sha256],
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
