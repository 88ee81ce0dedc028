// `ocelli index FOLDER…`: a run with its progress and its report. Ctrl-C stops it in order; what was
// not stored yet is done by the next run.
import { resolve } from 'node:path';
import type { EngineApi, RunReport } from '../../shared/contract.ts';
import { exitCodes } from '../exitCodes.ts';
import { createProgressLine } from '../progressLine.ts';
import { describe } from '../reportError.ts';
import { runReportText } from '../runReportText.ts';
import type { Settings } from '../settings.ts';
import { runEngine } from '../withEngine.ts';

export interface IndexOptions {
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly strict?: boolean;
}

export async function indexCommand(
  settings: Settings,
  folders: readonly string[],
  options: IndexOptions,
): Promise<number> {
  const absolute = folders.map((folder) => resolve(folder));
  const report = await runEngine(settings, (engine) =>
    runIndexing(engine, { folders: absolute, retryFailed: false }, options),
  );
  return finish(report, options);
}

/** Shows progress until the run ends, and hands Ctrl-C on to it. */
export async function runIndexing(
  engine: EngineApi,
  input: { folders: string[]; retryFailed: boolean },
  options: IndexOptions,
): Promise<RunReport> {
  const line = createProgressLine(process.stderr);
  const off = options.quiet ? () => {} : engine.on('progress', (progress) => line.show(progress));
  const stop = () => void engine.call('cancel', {}).catch(() => {});
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  try {
    return await engine.call('index', input);
  } finally {
    off();
    if (!options.quiet) line.clear();
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
}

export function finish(report: RunReport, options: IndexOptions): number {
  if (options.json) console.log(JSON.stringify(report));
  else console.log(runReportText(report));
  if (report.error) {
    console.error(describe(report.error));
    return exitCodes.error;
  }
  if (report.outcome === 'cancelled') return exitCodes.interrupted;
  return options.strict && report.failed > 0 ? exitCodes.somePhotosFailed : exitCodes.done;
}
