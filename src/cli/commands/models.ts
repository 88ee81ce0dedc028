// `ocelli models`: which there are, and `add`, `use` and `remove` for them.
import { resolve } from 'node:path';
import { int8Text } from '../../shared/agreement.ts';
import { formatBytes, formatCount } from '../../shared/format.ts';
import { type ModelInfo, photosUnderstood } from '../../shared/settings.ts';
import { exitCodes } from '../exitCodes.ts';
import { formatTable, printable } from '../format.ts';
import type { Settings } from '../settings.ts';
import { askEngine, runEngine } from '../withEngine.ts';
import { finish, runIndexing } from './index.ts';

export async function modelsCommand(
  settings: Settings,
  options: { readonly json?: boolean },
): Promise<number> {
  const models = await askEngine(settings, (engine) => engine.call('models', {}));
  console.log(options.json ? JSON.stringify(models) : modelsText(models));
  return exitCodes.done;
}

export async function addModelCommand(settings: Settings, folder: string): Promise<number> {
  const path = resolve(folder);
  const { id, name } = await askEngine(settings, (engine) =>
    engine.call('addModel', { folder: path }),
  );
  console.log(`Added ${name}. Use it with: ocelli models use ${id}`);
  return exitCodes.done;
}

/** Here --precision is what is chosen for this model, not for the one that the library opens with. */
export async function useModelCommand(
  { precision, ...settings }: Settings,
  id: string,
): Promise<number> {
  return runEngine(settings, async (engine) => {
    const named = precision === undefined ? {} : { precision };
    const { waiting } = await engine.call('useModel', { id, ...named });
    const what = precision === undefined ? id : `${id} in ${precision}`;
    if (waiting === 0) {
      console.log(`${what} is in use.`);
      return exitCodes.done;
    }
    console.log(`${what} is in use, and looks at ${formatCount(waiting)} photos now.`);
    // Follows the run that the engine has begun.
    const report = await runIndexing(engine, { folders: [], retryFailed: false }, {});
    return finish(report, {});
  });
}

export async function removeModelCommand(settings: Settings, id: string): Promise<number> {
  await askEngine(settings, (engine) => engine.call('removeModel', { id }));
  console.log(`Removed ${id} and what it knew of the photos.`);
  return exitCodes.done;
}

function modelsText(models: readonly ModelInfo[]): string {
  const rows = models.map((model) => [
    model.active ? '*' : '',
    model.id,
    formatBytes(model.bytes),
    formatCount(photosUnderstood(model)),
    precisionsText(model),
    model.problem ? `cannot be used: ${printable(model.problem)}` : printable(model.name),
  ]);
  const table = formatTable([['', 'id', 'size', 'photos', 'precision', 'name'], ...rows], [2, 3]);
  const remarks = models.flatMap(({ id, int8 }) => (int8 ? [`${id}: ${int8Text(int8)}.`] : []));
  return [table, ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n');
}

/** The one that it runs in first. */
function precisionsText({ precisions, precision }: ModelInfo): string {
  return [precision, ...precisions.filter((other) => other !== precision)].join(', ');
}
