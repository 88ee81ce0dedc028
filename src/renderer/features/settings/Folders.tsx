// The folders that Ocelli looks into, and how each is.
import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useAddFolders } from '../../components/useAddFolders.tsx';
import { useStore } from '../../store/store.ts';
import { FolderRow } from './FolderRow.tsx';
import { forgetSoon } from './forgetting.ts';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';

export function Folders() {
  const roots = useStore((store) => store.status?.roots);
  const isRunning = useStore((store) => store.progress !== undefined);
  const [asked, setAsked] = useState<string>();
  const { addFolders, dialog } = useAddFolders();
  return (
    <SettingsSection
      title="Folders"
      about="Ocelli looks into these folders and all below them. It never changes what is in them."
    >
      <ul>
        {roots?.map((root) => (
          <li key={root.path}>
            <FolderRow root={root} isRunning={isRunning} onForget={() => setAsked(root.path)} />
          </li>
        ))}
      </ul>
      <SettingsRow>
        <Button onClick={addFolders}>
          <FolderPlus size={16} aria-hidden="true" /> Add a folder
        </Button>
      </SettingsRow>
      {dialog}
      {asked !== undefined && (
        <ConfirmDialog
          title="Forget this folder?"
          action="Forget"
          onConfirm={() => forgetSoon(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{asked}</p>
          <p>
            Its photos leave the library and cannot be searched any more. The photographs themselves
            stay where they are. You can undo this for a few seconds.
          </p>
        </ConfirmDialog>
      )}
    </SettingsSection>
  );
}
