// What the engine does before the first photo that a model embeds on a machine, once; it is part of no
// measurement.
import { join } from 'node:path';
import { forkTransport } from '../../src/engine/pool/forkTransport.ts';
import { choosePrecision } from '../../src/engine/pools.ts';
import { prepareModel } from '../../src/engine/prepareModel.ts';
import type { Precision } from '../../src/shared/model.ts';
import type { BenchModel } from './models.ts';
import { cache } from './places.ts';

export const preparedFolder = join(cache, 'prepared');

export async function prepare({ model }: BenchModel, precision: Precision): Promise<void> {
  await prepareModel({
    transport: forkTransport(),
    priority: 0,
    model,
    precision: choosePrecision(model, precision),
    folder: preparedFolder,
    signal: new AbortController().signal,
  });
}
