// A folder of the library: whether it can be reached, what it holds, when it was last looked at.
import { Folder, FolderX } from 'lucide-react';
import type { Status } from '../../../shared/contract.ts';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { keepFolder, useForgetting } from './forgetting.ts';
import { formatAgo } from './formatAgo.ts';
import { SettingsRow } from './SettingsSection.tsx';
import './FolderRow.css';

interface FolderRowProps {
  readonly root: Status['roots'][number];
  readonly isRunning: boolean;
  onForget(): void;
}

export function FolderRow({ root, isRunning, onForget }: FolderRowProps) {
  const { path, state, photos, lastScanAt } = root;
  const isGoing = useForgetting(({ paths }) => paths.has(path));
  const Icon = state === 'online' ? Folder : FolderX;
  return (
    <SettingsRow>
      <div className="settings-line">
        <Icon size={20} aria-hidden="true" className="folder-row-icon" />
        <div className="settings-line-text">
          {isGoing ? <s>{path}</s> : <span>{path}</span>}
          <span className="settings-more quiet">
            {isGoing ? (
              'Will be forgotten in a moment'
            ) : (
              <>
                {state === 'offline' && (
                  <strong className="folder-row-offline">Not connected · </strong>
                )}
                {formatCount(photos)} {photos === 1 ? 'photo' : 'photos'}
                {lastScanAt === undefined
                  ? ' · not looked at yet'
                  : ` · looked at ${formatAgo(lastScanAt, Date.now())}`}
              </>
            )}
          </span>
          {state === 'offline' && !isGoing && (
            <span className="settings-more quiet">
              Its photos stay in the library. Connect its disk to open them in full.
            </span>
          )}
        </div>
        {isGoing ? (
          <Button onClick={() => keepFolder(path)}>Keep it</Button>
        ) : (
          <Button
            disabled={isRunning}
            title={isRunning ? 'Possible when indexing has ended' : undefined}
            onClick={onForget}
          >
            Forget<span className="visually-hidden"> {path}</span>
          </Button>
        )}
      </div>
    </SettingsRow>
  );
}
