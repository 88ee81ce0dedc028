// A command's way to the engine: the one that already works with this data folder in another
// process, or one of its own.
import { openEngine } from '../engine/engine.ts';
import type { EngineApi } from '../shared/contract.ts';
import { connectToEngine, shareEngine } from './localSocket.ts';
import type { Settings } from './settings.ts';

export async function withEngine<T>(
  settings: Settings,
  work: (engine: EngineApi) => Promise<T>,
): Promise<T> {
  const elsewhere = await connectToEngine(settings.dataFolder);
  if (elsewhere) {
    try {
      return await work(elsewhere);
    } finally {
      await elsewhere.close();
    }
  }
  const engine = await openEngine({
    ...settings,
    onNotice: (message) => console.error(`ocelli: ${message}`),
  });
  const unshare = await shareEngine(engine, settings.dataFolder);
  try {
    return await work(engine);
  } finally {
    await unshare();
    await engine.close();
  }
}
