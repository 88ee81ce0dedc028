// Before photos are embedded: the prepared graphs of a large model, made once (see the note in
// embed/preparedGraph.ts), in a process of its own that ends with it. Whatever goes wrong with that
// costs memory and a slower start, never a photo.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asOcelliError } from '../shared/errors.ts';
import { type Model, type TowerKind, weightsOf } from '../shared/model.ts';
import { preparedGraphFolder, removeUnfinished } from './embed/preparedGraph.ts';
import type { Transport } from './pool/transport.ts';
import { withPool } from './pool/withPool.ts';
import { createEmbedders, type EmbedderPool, type PrecisionOf } from './pools.ts';

export interface PreparingOptions {
  readonly transport: Transport;
  /** Niceness of the process. */
  readonly priority: number;
  readonly model: Model;
  readonly precision: PrecisionOf;
  /** Where prepared graphs lie. */
  readonly folder: string;
  /** Bytes from which a file is worth it; default 64 MiB: smaller ones open in a moment as they are. */
  readonly worthFrom?: number;
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Called where there is something to do. */
  onBegin?(): void;
}

/** Resolves when there is nothing more to wait for, be it that there never was; never rejects. */
export async function prepareModel(options: PreparingOptions): Promise<void> {
  const towers = await towersToPrepare(options);
  if (towers.length === 0 || options.signal.aborted) return;
  const { transport, priority, model, precision, signal, onBegin } = options;
  onBegin?.();
  const pool = createEmbedders(transport, {
    ...{ name: 'preparer', size: 1, depth: 1, priority },
    ...{ model, precision, threads: 1 },
  });
  await withPool(pool, signal, () => prepareAll(pool, towers, options));
}

async function towersToPrepare(options: PreparingOptions): Promise<TowerKind[]> {
  const { model, precision, worthFrom = 64 * 2 ** 20 } = options;
  const towers: TowerKind[] = [];
  for (const tower of ['image', 'text'] as const) {
    const bytes = weightsOf(model.manifest, tower, precision[tower])?.bytes ?? 0;
    if (bytes < worthFrom) continue;
    const known = await stat(placeOf(options, tower)).catch(() => undefined);
    if (!known) towers.push(tower);
  }
  return towers;
}

async function prepareAll(
  pool: EmbedderPool,
  towers: readonly TowerKind[],
  options: PreparingOptions,
): Promise<void> {
  for (const tower of towers) {
    try {
      // A process that it costs is not tried a second time.
      await pool.run({ prepare: tower, folder: options.folder }, { maxLosses: 1 });
    } catch (thrown) {
      const { code, message } = asOcelliError(thrown);
      if (code === 'CANCELLED') return;
      // A process that ended in the middle of it has removed nothing, and may be the last to try.
      await removeUnfinished(options.folder).catch(() => undefined);
      // Tried again when there is room; anything else would come to the same end at every start.
      if (code !== 'DISK_FULL') await markUnusable(placeOf(options, tower), `${code}: ${message}`);
    }
  }
}

function placeOf({ folder, model, precision }: PreparingOptions, tower: TowerKind): string {
  return preparedGraphFolder(folder, model, tower, precision[tower]);
}

/** A place without a graph: the tower's file is used. */
async function markUnusable(place: string, reason: string): Promise<void> {
  await mkdir(place, { recursive: true }).catch(() => undefined);
  await writeFile(join(place, 'unusable.txt'), `${reason}\n`).catch(() => undefined);
}
