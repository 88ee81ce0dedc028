// One round of the sweep: every shape with every batch, one after the other, in the engine's own
// embedders.
import type { Shape } from '../../src/engine/tuning/candidates.ts';
import { MeasuredEmbedders } from '../../src/engine/tuning/measuredEmbedders.ts';
import { answerJob } from './inProcess.ts';
import { batches } from './sweepCandidates.ts';
import { measureSlice } from './sweepSlice.ts';
import type { Slice } from './sweepSlices.ts';
import { embeddersOptions, type SweepSubject } from './sweepSubject.ts';

export interface SweepJob extends SweepSubject {
  readonly shapes: readonly Shape[];
}

/** What takes longer, with two runs of the model, is measured once a round. */
const longMs = 1000;

answerJob<SweepJob, Slice[]>(async ({ shapes, ...subject }) => {
  const slices: Slice[] = [];
  for (const shape of shapes) {
    const embedders = await MeasuredEmbedders.open(embeddersOptions(subject), shape, 'cpu');
    // There and back, so that whatever changes slowly favours none.
    const long = new Set<number>();
    for (const batch of [...batches, ...batches.toReversed()]) {
      if (long.has(batch)) continue;
      const start = performance.now();
      slices.push(await measureSlice(embedders, batch));
      if (performance.now() - start > longMs) long.add(batch);
    }
    embedders.close();
  }
  return slices;
});
