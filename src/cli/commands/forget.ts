// `ocelli forget FOLDER`: the library forgets a folder. No photograph is touched.
import { resolve } from 'node:path';
import { formatCount } from '../../shared/format.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Settings } from '../settings.ts';
import { askEngine } from '../withEngine.ts';

export async function forgetCommand(settings: Settings, folder: string): Promise<number> {
  const path = resolve(folder);
  const { photos } = await askEngine(settings, (engine) => engine.call('forget', { folder: path }));
  console.log(`Forgot ${path} with ${formatCount(photos)} photos. The files stay where they are.`);
  return exitCodes.done;
}
