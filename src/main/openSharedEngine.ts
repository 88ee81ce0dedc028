// The engine of the window, which the command line can ask meanwhile: `ocelli search` in a terminal
// answers from the app that is open instead of finding the data folder in use.
import { type EngineOptions, openEngine } from '../engine/engine.ts';
import { shareEngine } from '../server/localSocket.ts';
import type { EngineApi } from '../shared/contract.ts';

export async function openSharedEngine(options: EngineOptions): Promise<EngineApi> {
  const engine = await openEngine(options);
  // Where no socket can be had, other processes are told that the folder is in use, and no more.
  const sharing = shareEngine(engine, options.dataFolder, { stays: true });
  const unshare = await sharing.catch(() => async () => {});
  return {
    call: (name, input) => engine.call(name, input),
    on: (name, listener) => engine.on(name, listener),
    async close() {
      await unshare();
      await engine.close();
    },
  };
}
