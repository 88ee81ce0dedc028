// The reports of past runs, the last one first.
import { useEffect, useState } from 'react';
import type { RunReport } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';

const most = 200;

/** Undefined until they are known. */
export function useRuns(): readonly RunReport[] | undefined {
  const [runs, setRuns] = useState<readonly RunReport[]>();
  const tellError = useStore((store) => store.tellError);
  const last = useStore((store) => store.status?.lastRun?.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there is one more when the last is another
  useEffect(() => {
    bridge.call('runs', { limit: most }).then(setRuns, tellError);
  }, [last, tellError]);
  return runs;
}
