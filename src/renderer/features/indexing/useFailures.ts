// The photos that could not be indexed, and what can be done with them.
import { useCallback, useEffect, useState } from 'react';
import type { Failure } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';

interface Failures {
  /** Undefined until they are known. */
  readonly failures: readonly Failure[] | undefined;
  /** Photos that are being tried again. */
  readonly trying: ReadonlySet<number>;
  retry(photos: readonly number[]): void;
  /** Can be undone by retry(). */
  ignore(failure: Failure): void;
}

const most = 100_000;

export function useFailures(): Failures {
  const [failures, setFailures] = useState<readonly Failure[]>();
  const [trying, setTrying] = useState<ReadonlySet<number>>(new Set());
  const tell = useStore((store) => store.tell);
  const tellError = useStore((store) => store.tellError);
  // These counts change when the list does, and seldom otherwise.
  const counts = useStore((store) => `${store.status?.failed} ${store.status?.skipped}`);

  const refresh = useCallback(() => {
    bridge.call('failures', { limit: most }).then(setFailures, tellError);
  }, [tellError]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other counts, another list
  useEffect(refresh, [refresh, counts]);

  const retry = useCallback(
    (photos: readonly number[]) => {
      if (photos.length === 0) return;
      setTrying((before) => new Set([...before, ...photos]));
      bridge
        .call('retry', { photos: [...photos] })
        .catch(tellError)
        .finally(() => {
          setTrying((before) => new Set([...before].filter((photo) => !photos.includes(photo))));
          refresh();
        });
    },
    [refresh, tellError],
  );

  const ignore = useCallback(
    ({ photo, path }: Failure) => {
      const name = path.split(/[\\/]/).at(-1);
      bridge.call('ignore', { photos: [photo] }).then(() => {
        refresh();
        tell({ text: `${name} is ignored from now on.`, undo: () => retry([photo]) });
      }, tellError);
    },
    [refresh, retry, tell, tellError],
  );

  return { failures, trying, retry, ignore };
}
