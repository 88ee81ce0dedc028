// From measurements to a choice. Photos are decoded and embedded at the same time: on a processor
// both share the cores, beside a graphics card decoding has them for itself.
import { OcelliError } from '../../shared/errors.ts';
import type { Measurement } from '../../shared/tuning.ts';

export interface Machine {
  readonly cores: number;
  /** Photos that all cores decode in a second, doing nothing else; undefined: no cost. */
  readonly decodesPerSecond?: number | undefined;
}

/** Less than this is within what measurements differ by: then the one that was measured first stays. */
const leastGain = 0.03;

/** Whether one rate is higher than another by more than measurements differ by. */
export function isGain(rate: number, before: number): boolean {
  return rate * (1 - leastGain) > before;
}

/**
 * Photos a second of the whole. A photo takes each core for 1/(cores × rate) seconds to decode, and
 * those that embed for as long as they embed; no photo comes faster than it is embedded.
 */
export function wholeRate(measurement: Measurement, machine: Machine): number {
  const { embedsPerSecond } = measurement;
  const { decodesPerSecond } = machine;
  if (decodesPerSecond === undefined) return embedsPerSecond;
  const share = coresTaken(measurement, machine.cores) / machine.cores;
  const machineSeconds = share / embedsPerSecond + 1 / decodesPerSecond;
  return Math.min(embedsPerSecond, 1 / machineSeconds);
}

/**
 * The best; of those that are as good, the first. As good means both: where photos are slow to decode,
 * the whole hardly tells ways to embed them apart, and other photos are decoded faster.
 */
export function choose(measurements: readonly Measurement[], machine: Machine): Measurement {
  const whole = (each: Measurement) => wholeRate(each, machine);
  const [best] = measurements.toSorted(
    (a, b) => whole(b) - whole(a) || b.embedsPerSecond - a.embedsPerSecond,
  );
  if (!best) throw new OcelliError('INTERNAL', 'There was nothing to choose from.');
  const isAsGood = (each: Measurement) =>
    whole(each) >= whole(best) * (1 - leastGain) &&
    each.embedsPerSecond >= best.embedsPerSecond * (1 - leastGain);
  return measurements.find(isAsGood) ?? best;
}

/** Beside a graphics card a process only prepares and waits; a core is allowed for that. */
function coresTaken({ provider, embedders, threads }: Measurement, cores: number): number {
  return Math.min(cores, provider === 'cpu' ? embedders * threads : embedders);
}
