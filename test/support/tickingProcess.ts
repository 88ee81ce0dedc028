// A process of the benchmark that does nothing but tell, every ten milliseconds, how many times it did.

import { tellProgress } from '../bench/indexing/progress.ts';
import { answerJob } from '../bench/inProcess.ts';

/** Ticks until it is done; undefined: for ever. Or what goes wrong. */
export interface TickingJob {
  readonly ticks?: number;
  readonly failure?: string;
}

answerJob<TickingJob, string>(async ({ ticks = Number.POSITIVE_INFINITY, failure }) => {
  if (failure !== undefined) throw new Error(failure);
  for (let photos = 0; photos < ticks; photos++) {
    tellProgress({ photos, cpuMs: photos * 2 });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return 'done';
});
