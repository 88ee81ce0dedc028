// The way back to the very first start.
import { useState } from 'react';
import { formatCount } from '../../../shared/format.ts';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useStore } from '../../store/store.ts';
import { forgetNothing } from './forgetting.ts';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';

export function RemoveEverything() {
  const photos = useStore((store) => store.status?.eligible ?? 0);
  const isRunning = useStore((store) => store.progress !== undefined);
  const refreshStatus = useStore((store) => store.refreshStatus);
  const tellError = useStore((store) => store.tellError);
  const [isAsked, setAsked] = useState(false);
  const remove = () => {
    forgetNothing();
    bridge
      .call('removeEverything', {})
      .then(() => refreshStatus())
      .catch(tellError);
  };
  return (
    <SettingsSection title="Begin anew">
      <SettingsRow>
        <div className="settings-line">
          <div className="settings-line-text">
            <span>Forget every folder and all that is known of their photos.</span>
            <span className="settings-more quiet">Your photographs stay where they are.</span>
          </div>
          <Button kind="danger" disabled={isRunning} onClick={() => setAsked(true)}>
            Remove everything …
          </Button>
        </div>
      </SettingsRow>
      {isAsked && (
        <ConfirmDialog
          title="Remove everything?"
          action="Remove everything"
          kind="danger"
          typed="remove"
          onConfirm={remove}
          onClose={() => setAsked(false)}
        >
          <p>
            Ocelli forgets all folders, {formatCount(photos)} photos, thumbnails and the search
            index. This cannot be undone; indexing them again takes as long as it took.
          </p>
          <p>
            <strong>Not one of your photographs is touched.</strong>
          </p>
        </ConfirmDialog>
      )}
    </SettingsSection>
  );
}
