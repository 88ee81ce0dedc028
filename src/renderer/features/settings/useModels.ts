// The models that there are, kept up to date while they look at photos; and what can be done with them.
import { useCallback, useEffect, useState } from 'react';
import type { Precision } from '../../../shared/model.ts';
import type { ModelInfo } from '../../../shared/settings.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { distinguished } from './distinguished.ts';

/** Counting 100,000 photos takes the engine a tenth of a second. */
const refreshMs = 5000;

interface ModelsState {
  /** Undefined until they are known. */
  readonly models: readonly ModelInfo[] | undefined;
  /** What is being done, for people. */
  readonly busy: string | undefined;
  /** Rejects where the model is refused. */
  add(folder: string): Promise<ModelInfo>;
  /** In the precision that is named, or else the one that it runs in. */
  use(model: ModelInfo, precision?: Precision): void;
  remove(model: ModelInfo): void;
}

export function useModels(): ModelsState {
  const [models, setModels] = useState<readonly ModelInfo[]>();
  const [busy, setBusy] = useState<string>();
  const tellError = useStore((store) => store.tellError);
  const refreshStatus = useStore((store) => store.refreshStatus);
  const isRunning = useStore((store) => store.progress !== undefined);
  const inUse = useStore(({ status }) => status && `${status.model} ${status.precision}`);
  const refresh = useCallback(
    () => bridge.call('models', {}).then((all) => setModels(distinguished(all)), tellError),
    [tellError],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another model may be in use by now
  useEffect(() => {
    void refresh();
    if (!isRunning) return;
    const timer = setInterval(refresh, refreshMs);
    return () => clearInterval(timer);
  }, [refresh, isRunning, inUse]);

  const during = useCallback(
    async <T>(what: string, work: Promise<T>): Promise<T> => {
      setBusy(what);
      try {
        return await work;
      } finally {
        setBusy(undefined);
        void refresh();
      }
    },
    [refresh],
  );
  return {
    models,
    busy,
    add: (folder) => {
      const adding = bridge.call('addModel', { folder });
      return during('The model is checked, tried and copied …', adding);
    },
    use: ({ id, name, int8 }, precision) => {
      const asked = precision ? { id, precision } : { id };
      const switching = bridge.call('useModel', asked).then(() => refreshStatus());
      const isCompared = precision === 'int8' && int8?.state === 'untried';
      const what = precision ? `${name} in ${precision}` : name;
      const words = isCompared ? 'int8 is compared with float32 …' : `Changing to ${what} …`;
      during(words, switching).catch(tellError);
    },
    remove: ({ id, name }) => {
      const removing = bridge.call('removeModel', { id });
      during(`Removing ${name} …`, removing).catch(tellError);
    },
  };
}
