// Every way to run a model on the processor that the sweep measures, and how what `tune` picks
// stands among them.
import { type Room, type Shape, shapesFor } from '../../src/engine/tuning/candidates.ts';

export const batches = [1, 2, 4, 8, 16, 32] as const;

/** Shape and batch, and how many photos a second it embeds. */
export interface SweptRate extends Shape {
  readonly batch: number;
  readonly embedsPerSecond: number;
}

/**
 * Embedders and threads in powers of two, up to two threads for each core; and all that `tune` may
 * choose among.
 */
export function sweptShapes(room: Room): Shape[] {
  const { cores } = room;
  const grid = powersOfTwo(cores).flatMap((embedders) =>
    powersOfTwo(cores).map((threads) => ({ embedders, threads })),
  );
  const all = [...grid, ...shapesFor(room)];
  return all
    .filter((shape, at) => all.findIndex((other) => isSame(shape, other)) === at)
    .filter(({ embedders, threads }) => embedders * threads <= 2 * cores)
    .sort((a, b) => a.embedders - b.embedders || a.threads - b.threads);
}

function powersOfTwo(most: number): number[] {
  const powers: number[] = [];
  for (let power = 1; power <= most; power *= 2) powers.push(power);
  return powers;
}

function isSame(a: Shape, b: Shape): boolean {
  return a.embedders === b.embedders && a.threads === b.threads;
}

/** A way to run a model. */
export type Place = Omit<SweptRate, 'embedsPerSecond'>;

export function isSamePlace(a: Place, b: Place): boolean {
  return isSame(a, b) && a.batch === b.batch;
}
