// A command's way to an engine: one of its own, or the one that already works with the data folder
// in another process. Only a run is long enough to be joined; other commands hold the folder for a
// moment, and whoever comes meanwhile waits.
import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../engine/engine.ts';
import { connectToEngine, type EngineElsewhere, shareEngine } from '../server/localSocket.ts';
import type { EngineApi } from '../shared/contract.ts';
import { OcelliError } from '../shared/errors.ts';
import type { Settings } from './settings.ts';

/** How long the data folder may be in the hands of a process that does not answer. */
const patienceMs = 10_000;
const retryMs = 50;

type Work<T> = (engine: EngineApi) => Promise<T>;

/**
 * For questions: answered by a run in another process, if there is one. `work` is begun anew where
 * that run ends in the middle of it.
 */
export function askEngine<T>(settings: Settings, work: Work<T>): Promise<T> {
  return patiently(async () => {
    const elsewhere = await connectToEngine(settings.dataFolder);
    return closing(elsewhere ?? (await open(settings)), work);
  });
}

/**
 * For runs: in an engine of this process, which others can ask meanwhile; or in that of an app that
 * is open with the data folder. @throws RUN_IN_PROGRESS
 */
export async function runEngine<T>(settings: Settings, work: Work<T>): Promise<T> {
  const { engine, isOwn } = await patiently(async () => {
    const elsewhere = await connectToEngine(settings.dataFolder);
    if (elsewhere?.stays) return { engine: elsewhere, isOwn: false };
    await refuse(elsewhere, settings);
    return { engine: await open(settings), isOwn: true };
  });
  return closing(engine, isOwn ? sharing(settings, { stays: false }, work) : work);
}

/** For hosts that stay open: an engine of this process. @throws RUN_IN_PROGRESS, ALREADY_OPEN */
export async function stayingEngine<T>(settings: Settings, work: Work<T>): Promise<T> {
  const engine = await patiently(async () => {
    await refuse(await connectToEngine(settings.dataFolder), settings);
    return open(settings);
  });
  return closing(engine, sharing(settings, { stays: true }, work));
}

async function refuse(elsewhere: EngineElsewhere | undefined, settings: Settings): Promise<void> {
  if (!elsewhere) return;
  await elsewhere.close();
  const { dataFolder } = settings;
  if (elsewhere.stays) {
    throw new OcelliError('ALREADY_OPEN', `Another Ocelli is open with ${dataFolder}.`);
  }
  throw new OcelliError(
    'RUN_IN_PROGRESS',
    `Another Ocelli is indexing with ${dataFolder} at this moment.`,
  );
}

function sharing<T>(settings: Settings, options: { stays: boolean }, work: Work<T>): Work<T> {
  return async (engine) => {
    const unshare = await share(engine, settings.dataFolder, options);
    try {
      return await work(engine);
    } finally {
      await unshare();
    }
  };
}

function open(settings: Settings): Promise<EngineApi> {
  return openEngine({ ...settings, onNotice: (message) => console.error(`ocelli: ${message}`) });
}

/** Where no socket can be had, other processes are told that the folder is in use, and no more. */
function share(
  engine: EngineApi,
  dataFolder: string,
  options: { stays: boolean },
): Promise<() => Promise<void>> {
  return shareEngine(engine, dataFolder, options).catch((error: unknown) => {
    if (process.env['OCELLI_DEBUG']) console.error(error);
    return async () => {};
  });
}

async function closing<T>(engine: EngineApi, work: Work<T>): Promise<T> {
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Tries again while the folder is in other hands, or the process that was asked has just ended. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const passes = error instanceof OcelliError && error.code === 'DATA_IN_USE';
      if (!passes || performance.now() > deadline) throw error;
      await sleep(retryMs);
    }
  }
}
