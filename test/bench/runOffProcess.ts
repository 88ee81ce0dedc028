// The best of a sweep and what was picked, once more: all of them in turns, so that what slows the
// machine down for a while slows all of them down.
import type { Shape } from '../../src/engine/tuning/candidates.ts';
import { MeasuredEmbedders } from '../../src/engine/tuning/measuredEmbedders.ts';
import { answerJob } from './inProcess.ts';
import type { Place } from './sweepCandidates.ts';
import { measureSlice } from './sweepSlice.ts';
import type { Slice } from './sweepSlices.ts';
import { embeddersOptions, type SweepSubject } from './sweepSubject.ts';

export interface RunOffJob extends SweepSubject {
  readonly places: readonly Place[];
  /** Turns are begun for so long, and a few are made in any case. */
  readonly seconds: number;
}

const fewestTurns = 8;

/** A slice of each place, turn by turn. */
answerJob<RunOffJob, Slice[][]>(async ({ places, seconds, ...subject }) => {
  // All stay open: one that waits takes nothing of the processor.
  const opened = new Map<string, MeasuredEmbedders>();
  for (const place of places) {
    const name = nameOf(place);
    const { embedders, threads } = place;
    if (opened.has(name)) continue;
    const shape = { embedders, threads };
    opened.set(name, await MeasuredEmbedders.open(embeddersOptions(subject), shape, 'cpu'));
  }
  const measured: Slice[][] = [];
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; turn < fewestTurns || performance.now() < end; turn++) {
    const slices: Slice[] = [];
    // Who follows whom changes from turn to turn.
    for (const place of rotated(places, turn)) {
      const embedders = opened.get(nameOf(place));
      if (embedders) slices.push(await measureSlice(embedders, place.batch));
    }
    measured.push(slices);
  }
  for (const embedders of opened.values()) embedders.close();
  return measured;
});

function nameOf({ embedders, threads }: Shape): string {
  return `${embedders} × ${threads}`;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
