// How many photos are selected, and what can be done with them.
import { Copy, ExternalLink, FolderOpen, ScanSearch, X } from 'lucide-react';
import { formatCount } from '../../../shared/format.ts';
import { bridge } from '../../bridge/bridge.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useStore } from '../../store/store.ts';
import './SelectionActions.css';

/** More windows at once would bury the desktop. */
const mostOpened = 12;

export function SelectionActions({ selected }: { readonly selected: ReadonlySet<number> }) {
  const go = useStore((store) => store.go);
  const clearSelection = useStore((store) => store.clearSelection);
  const tellError = useStore((store) => store.tellError);
  const [photo = 0] = selected;
  const { host } = bridge;
  const isOne = selected.size === 1;
  const only = (label: string) => (isOne ? label : `${label} (for one photo)`);

  return (
    <div className="selection-actions" role="toolbar" aria-label="Selected photos">
      <IconButton icon={X} label="Clear selection" onClick={clearSelection} />
      <p className="selection-actions-count number" role="status">
        {formatCount(selected.size)} selected
      </p>
      <IconButton
        icon={ScanSearch}
        label={only('Find similar')}
        disabled={!isOne}
        onClick={() => go('search', { similar: String(photo) })}
      />
      {host && (
        <>
          <IconButton
            icon={FolderOpen}
            label={only('Show in folder')}
            disabled={!isOne}
            onClick={() => host.call('reveal', { photo }).catch(tellError)}
          />
          <IconButton
            icon={ExternalLink}
            label={selected.size > mostOpened ? `Open (${mostOpened} at most)` : 'Open'}
            disabled={selected.size > mostOpened}
            onClick={() => {
              for (const each of selected) host.call('open', { photo: each }).catch(tellError);
            }}
          />
          <IconButton
            icon={Copy}
            label={only('Copy')}
            disabled={!isOne}
            onClick={() => host.call('copy', { photo }).catch(tellError)}
          />
        </>
      )}
    </div>
  );
}
