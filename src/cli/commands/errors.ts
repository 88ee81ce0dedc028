// `ocelli errors`: every photo that could not be indexed, why, and what to do; `--retry` tries again.
import type { EngineApi, Failure } from '../../shared/contract.ts';
import { exitCodes } from '../exitCodes.ts';
import { printable } from '../format.ts';
import type { Settings } from '../settings.ts';
import { askEngine, runEngine } from '../withEngine.ts';
import { finish, runIndexing } from './index.ts';

/** All of them, in any library: the most that the contract hands over at once. */
const mostListed = 100_000;

export interface ErrorsOptions {
  readonly retry?: boolean;
  readonly json?: boolean;
}

export async function errorsCommand(settings: Settings, options: ErrorsOptions): Promise<number> {
  if (!options.retry) return askEngine(settings, (engine) => list(engine, options));
  return runEngine(settings, async (engine) => {
    const report = await runIndexing(engine, { folders: [], retryFailed: true }, {});
    const status = finish(report, {});
    await list(engine, options);
    return status;
  });
}

async function list(engine: EngineApi, options: ErrorsOptions): Promise<number> {
  const failures = await engine.call('failures', { limit: mostListed });
  console.log(options.json ? JSON.stringify(failures) : failuresText(failures));
  return exitCodes.done;
}

function failuresText(failures: readonly Failure[]): string {
  if (failures.length === 0) return 'No photo failed or was skipped.';
  return failures
    .map((failure) => {
      const tried = failure.attempts > 1 ? `, tried ${failure.attempts} times` : '';
      return [
        printable(failure.path),
        `  ${failure.outcome} (${failure.stage}, ${failure.code}${tried}): ${printable(failure.message)}`,
        `  ${failure.wayOut}`,
      ].join('\n');
    })
    .join('\n');
}
