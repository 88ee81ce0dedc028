// Asks before all photos are looked at anew, and says what that takes.
import { useEffect, useState } from 'react';
import type { RunReport } from '../../../shared/contract.ts';
import { formatCount } from '../../../shared/format.ts';
import type { Precision } from '../../../shared/model.ts';
import { type ModelInfo, photosUnderstood } from '../../../shared/settings.ts';
import { bridge } from '../../bridge/bridge.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useStore } from '../../store/store.ts';
import { modelDuration } from './modelDuration.ts';

interface UseModelDialogProps {
  readonly model: ModelInfo;
  /** It has just been added. */
  readonly isNew: boolean;
  /** Another one than it runs in. */
  readonly precision: Precision | undefined;
  /** The name of what is in use now: a model, or a precision of this one. */
  readonly before: string | undefined;
  onUse(): void;
  onClose(): void;
}

export function UseModelDialog(props: UseModelDialogProps) {
  const { model, isNew, precision, before, onUse, onClose } = props;
  const known = useStore(({ status }) => (status ? status.indexed + status.pending : 0));
  const isRunning = useStore((store) => store.progress !== undefined);
  const runs = useRuns();
  const left = Math.max(0, known - photosUnderstood(model, precision));
  const what = precision ? `${model.name} in ${precision}` : model.name;
  return (
    <ConfirmDialog
      title={isNew ? `${what} was added. Use it now?` : `Use ${what}?`}
      action="Use it"
      onConfirm={onUse}
      onClose={onClose}
    >
      {precision === 'int8' && model.int8?.state === 'untried' && (
        <p>
          Weights in 8 bits take a quarter of the memory and are faster on most processors:
          measuring the machine again, above, tells by how much. They are compared with float32
          first, which takes up to a minute, and are used only if searches find the same photos.
        </p>
      )}
      {left === 0 ? (
        <p>It has looked at all your photos already: searches use it at once.</p>
      ) : (
        <>
          <p>
            Every photo is looked at again with it: {formatCount(left)} of {formatCount(known)}
            {precision ? '' : modelDuration(model.id, left, runs)}. Meanwhile a search finds those
            that it has looked at, and all others by their names.
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
