// What the app is told from outside: by its environment, and by the arguments of its start.
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export interface AppOptions {
  /** Where the catalogue, the index and the thumbnails lie: OCELLI_DATA, as for the command line. */
  readonly dataFolder: string;
  /** OCELLI_MODEL: a model other than the one that came along. */
  readonly modelFolder: string | undefined;
  /** Chromium's profile and the window's state. One app a data folder, so one lock a data folder. */
  readonly profileFolder: string;
  /** OCELLI_DIAGNOSTICS: tests may read how long the event loop was held up (diagnostics.ts). */
  readonly diagnostics: boolean;
  /** `--hidden`: started at login, into the tray. */
  readonly hidden: boolean;
}

export function appOptions(
  environment: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv,
): AppOptions {
  const { OCELLI_DATA: data, OCELLI_MODEL: model, OCELLI_DIAGNOSTICS: diagnostics } = environment;
  const dataFolder = resolve(data || envPaths('ocelli', { suffix: '' }).data);
  return {
    dataFolder,
    modelFolder: model ? resolve(model) : undefined,
    profileFolder: join(dataFolder, 'window'),
    diagnostics: Boolean(diagnostics),
    hidden: args.includes('--hidden'),
  };
}
