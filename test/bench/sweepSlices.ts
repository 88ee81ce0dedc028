// From slices of the sweep to one rate for each way to run a model.
import type { Shape } from '../../src/engine/tuning/candidates.ts';
import { tolerableDisturbance } from './quietMachine.ts';
import { percentile } from './statistics.ts';
import type { SweptRate } from './sweepCandidates.ts';

/** One short measurement. */
export interface Slice extends SweptRate {
  /** Of the processor's time meanwhile; undefined where there is no /proc. */
  readonly takenByOthers?: number;
}

/**
 * The rate is the upper quartile of the slices that nothing disturbed, or of all where there is none:
 * what nobody sees, as other guests of the same host, slows slices down and makes none faster.
 */
export interface Swept extends SweptRate {
  readonly slices: readonly Slice[];
}

/** The best first. */
export function sweptFrom(slices: readonly Slice[]): Swept[] {
  const places = new Map<string, [Slice, ...Slice[]]>();
  for (const slice of slices) {
    const place = `${slice.embedders} × ${slice.threads} × ${slice.batch}`;
    const own = places.get(place);
    if (own) own.push(slice);
    else places.set(place, [slice]);
  }
  return [...places.values()]
    .map((own) => {
      const [{ embedders, threads, batch }] = own;
      const quiet = own.filter((slice) => !isDisturbed(slice));
      const counted = quiet.length > 0 ? quiet : own;
      const rates = counted.map((slice) => slice.embedsPerSecond);
      const embedsPerSecond = percentile(rates, 75);
      return { embedders, threads, batch, embedsPerSecond, slices: own };
    })
    .sort((a, b) => b.embedsPerSecond - a.embedsPerSecond);
}

/** Of which some way has fewer than so many slices that nothing disturbed. */
export function shapesLeft(slices: readonly Slice[], enough: number): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const { embedders, threads, slices: own } of sweptFrom(slices)) {
    const quiet = own.filter((slice) => !isDisturbed(slice)).length;
    if (quiet < enough) shapes.set(`${embedders} × ${threads}`, { embedders, threads });
  }
  return [...shapes.values()];
}

export function isDisturbed({ takenByOthers = 0 }: Slice): boolean {
  return takenByOthers > tolerableDisturbance;
}
