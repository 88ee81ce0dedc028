// Asks before all photos are looked at anew, and says what that takes.
import { useEffect, useState } from 'react';
import type { RunReport } from '../../../shared/contract.ts';
import { formatCount } from '../../../shared/format.ts';
import type { ModelInfo } from '../../../shared/settings.ts';
import { bridge } from '../../bridge/bridge.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useStore } from '../../store/store.ts';
import { modelDuration } from './modelDuration.ts';

interface UseModelDialogProps {
  readonly model: ModelInfo;
  /** It has just been added. */
  readonly isNew: boolean;
  /** The name of the one that is in use now. */
  readonly before: string | undefined;
  onUse(): void;
  onClose(): void;
}

export function UseModelDialog({ model, isNew, before, onUse, onClose }: UseModelDialogProps) {
  const known = useStore(({ status }) => (status ? status.indexed + status.pending : 0));
  const isRunning = useStore((store) => store.progress !== undefined);
  const runs = useRuns();
  const left = Math.max(0, known - model.photos);
  return (
    <ConfirmDialog
      title={isNew ? `${model.name} was added. Use it now?` : `Use ${model.name}?`}
      action="Use it"
      onConfirm={onUse}
      onClose={onClose}
    >
      {left === 0 ? (
        <p>It has looked at all your photos already: searches use it at once.</p>
      ) : (
        <>
          <p>
            Every photo is looked at again with it: {formatCount(left)} of {formatCount(known)}
            {modelDuration(model.id, left, runs)}. Meanwhile a search finds those that it has looked
            at, and all others by their names.
          </p>
          {isRunning && <p>The indexing under way now ends, and this takes its place.</p>}
        </>
      )}
      {before !== undefined && <p>What {before} knows is kept: going back to it takes no time.</p>}
    </ConfirmDialog>
  );
}

function useRuns(): readonly RunReport[] {
  const [runs, setRuns] = useState<readonly RunReport[]>([]);
  useEffect(() => {
    // Without them there is no estimate, and nothing else is missing.
    bridge.call('runs', {}).then(setRuns, () => {});
  }, []);
  return runs;
}
