// Above the grid: what is shown, how large; and what can be done with what is selected.
import { Copy, ExternalLink, FolderOpen, FolderPlus, Sparkles, X } from 'lucide-react';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { formatCount } from '../../components/format.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useStore } from '../../store/store.ts';
import type { TileSize } from './useTileSize.ts';
import './GridToolbar.css';

interface GridToolbarProps {
  readonly title: string;
  readonly photos: number | undefined;
  readonly size: TileSize;
  onSize(size: TileSize): void;
  onAddFolders(): void;
}

export function GridToolbar({ title, photos, size, onSize, onAddFolders }: GridToolbarProps) {
  const selected = useStore((store) => store.selected);
  return (
    <header className="grid-toolbar">
      {selected.size > 0 ? (
        <SelectionActions selected={selected} />
      ) : (
        <div className="grid-toolbar-title">
          <h1>{title}</h1>
          {photos !== undefined && (
            <span className="quiet number">{formatCount(photos)} photos</span>
          )}
        </div>
      )}
      <div className="grid-toolbar-end">
        <SegmentedControl
          label="Size of the photos"
          value={size}
          options={[
            { value: 'small', label: 'S' },
            { value: 'medium', label: 'M' },
            { value: 'large', label: 'L' },
          ]}
          onChange={onSize}
        />
        <Button onClick={onAddFolders}>
          <FolderPlus size={16} aria-hidden="true" /> Add folders
        </Button>
      </div>
    </header>
  );
}

function SelectionActions({ selected }: { readonly selected: ReadonlySet<number> }) {
  const { go, clearSelection, tellError } = useStore.getState();
  const [only] = selected.size === 1 ? selected : [];
  const { host } = bridge;
  return (
    <div className="grid-toolbar-title" role="toolbar" aria-label="Selected photos">
      <IconButton icon={X} label="Clear the selection" onClick={clearSelection} />
      <span className="number">{formatCount(selected.size)} selected</span>
      {only !== undefined && (
        <IconButton
          icon={Sparkles}
          label="Find similar"
          onClick={() => go('search', { similar: String(only) })}
        />
      )}
      {host && only !== undefined && (
        <>
          <IconButton
            icon={FolderOpen}
            label="Show in folder"
            onClick={() => host.call('reveal', { photo: only }).catch(tellError)}
          />
          <IconButton
            icon={ExternalLink}
            label="Open"
            onClick={() => host.call('open', { photo: only }).catch(tellError)}
          />
          <IconButton
            icon={Copy}
            label="Copy"
            onClick={() => host.call('copy', { photo: only }).catch(tellError)}
          />
        </>
      )}
    </div>
  );
}
