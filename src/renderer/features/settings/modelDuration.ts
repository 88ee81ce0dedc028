// How long a model will need for so many photos, as far as past runs tell.
import type { RunReport } from '../../../shared/contract.ts';
import { formatDuration } from '../../../shared/format.ts';

/** Fewer tell more of how long processes take to start. */
const tellingPhotos = 20;

type PastRun = Pick<RunReport, 'model' | 'embedded' | 'workMs'>;

/** To follow a number of photos: ', about 4 min 10 s'; empty where nothing can be said. */
export function modelDuration(model: string, photos: number, runs: readonly PastRun[]): string {
  const telling = runs.filter((run) => run.embedded >= tellingPhotos && run.workMs > 0);
  const own = telling.find((run) => run.model === model);
  const run = own ?? telling[0];
  if (!run) return '';
  const duration = formatDuration((run.workMs / run.embedded) * photos);
  return own
    ? `, about ${duration}`
    : `, about ${duration} if it is as fast as ${run.model} (a larger one takes longer)`;
}
