// `ocelli errors`: every photo that could not be indexed, why, and what to do; `--retry` tries again.
import type { Failure } from '../../shared/contract.ts';
import { exitCodes } from '../exitCodes.ts';
import { printable } from '../format.ts';
import type { Settings } from '../settings.ts';
import { withEngine } from '../withEngine.ts';
import { finish, runIndexing } from './index.ts';

export interface ErrorsOptions {
  readonly retry?: boolean;
  readonly json?: boolean;
}

export async function errorsCommand(settings: Settings, options: ErrorsOptions): Promise<number> {
  return withEngine(settings, async (engine) => {
    let status: number = exitCodes.done;
    if (options.retry) {
      const input = { folders: [], retryFailed: true };
      status = finish(await runIndexing(engine, input, {}), {});
    }
    const failures = await engine.call('failures', {});
    console.log(options.json ? JSON.stringify(failures) : failuresText(failures));
    return status;
  });
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
