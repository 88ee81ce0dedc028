// From slices of the sweep to one rate for each way to run a model.
import { tolerableDisturbance } from './indexing.ts';
import { median } from './statistics.ts';
import type { SweptRate } from './sweepCandidates.ts';

/** One short measurement. */
export interface Slice extends SweptRate {
  /** Of the processor's time meanwhile; undefined where there is no /proc. */
  readonly takenByOthers?: number;
}

/** The rate is the median of the slices that nothing disturbed, or of all where there is none. */
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
      const embedsPerSecond = median(counted.map((slice) => slice.embedsPerSecond));
      return { embedders, threads, batch, embedsPerSecond, slices: own };
    })
    .sort((a, b) => b.embedsPerSecond - a.embedsPerSecond);
}

export function isDisturbed({ takenByOthers = 0 }: Slice): boolean {
  return takenByOthers > tolerableDisturbance;
}
