// Asks before a model is deleted, and says what goes with it.
import { formatBytes, formatCount } from '../../../shared/format.ts';
import type { ModelInfo } from '../../../shared/settings.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';

interface RemoveModelDialogProps {
  readonly model: ModelInfo;
  onRemove(): void;
  onClose(): void;
}

export function RemoveModelDialog({ model, onRemove, onClose }: RemoveModelDialogProps) {
  const { name, bytes, photosIn } = model;
  const photos = Math.max(0, ...Object.values(photosIn));
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      action="Remove"
      kind="danger"
      onConfirm={onRemove}
      onClose={onClose}
    >
      <p>
        Ocelli’s copy of it ({formatBytes(bytes)}) is deleted
        {photos > 0 &&
          `, with all that it knows of ${formatCount(photos)} ${photos === 1 ? 'photo' : 'photos'}`}
        . To use it again, you would have to add its folder again
        {photos > 0 && ', and it would have to look at every photo again'}.
      </p>
      <p>The model in use, your photographs and the folder that it came from stay.</p>
    </ConfirmDialog>
  );
}
