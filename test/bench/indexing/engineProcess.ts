// One indexing run of the engine on a fresh data folder. A process of its own, as hosts have it; alone,
// or in turns with others.
import { openEngine } from '../../../src/engine/engine.ts';
import type { RunReport } from '../../../src/shared/contract.ts';
import type { Precision } from '../../../src/shared/model.ts';
import type { Resources } from '../../../src/shared/tuning.ts';
import { answerJob } from '../inProcess.ts';
import { tellProgress } from './progress.ts';

export interface EngineJob {
  readonly dataFolder: string;
  readonly modelFolder: string;
  readonly precision: Precision;
  readonly folders: readonly string[];
  /** Where large models lie prepared for the machine; kept between runs, as people's are. */
  readonly preparedFolder?: string;
  readonly resources?: Partial<Resources>;
  /** For who takes part in turns. */
  readonly tellsProgress?: boolean;
}

export interface EngineRun {
  readonly report: RunReport;
  /**
   * Photos a second between the first that were stored and the last before the end: without the start
   * of the processes, which `workMs` holds, and without the last few photos, at which some of them
   * have nothing to do any more. Undefined where the run was too short to tell.
   */
  readonly inFullSwing: number | undefined;
}

/** Photos are stored some four times a second, and each answer costs a fifth of a millisecond. */
const askEveryMs = 100;

answerJob<EngineJob, EngineRun>(async ({ folders, tellsProgress = false, ...options }) => {
  const engine = await openEngine({ ...options, trustPrecision: true });
  // All that the machine has; what it is compared with runs at the same priority (fullPriority.ts).
  await engine.call('changeSettings', { speed: 'full' });
  const seen: { at: number; done: number }[] = [];
  engine.on('progress', ({ indexed, elapsedMs }) => {
    if (indexed <= (seen.at(-1)?.done ?? 0)) return;
    seen.push({ at: elapsedMs, done: indexed });
    if (tellsProgress) tellProgress({ photos: indexed });
  });
  // Of a run that is not paused it does nothing but tell the progress: twice a second is too seldom
  // where photos are stored in a handful of batches.
  const asking = setInterval(() => void engine.call('resume', {}), askEveryMs);
  const report = await engine.call('index', { folders: [...folders] });
  clearInterval(asking);
  await engine.close();
  if (report.outcome !== 'complete' || report.failed + report.skipped > 0) {
    throw new Error(`the run did not index every photo: ${JSON.stringify(report)}`);
  }
  const first = seen[0];
  const last = seen.filter(({ done }) => done < report.indexed).at(-1);
  const inFullSwing =
    first && last && last.at > first.at
      ? ((last.done - first.done) / (last.at - first.at)) * 1000
      : undefined;
  return { report, inFullSwing };
});
