// Above the grid: what is shown, how large; and what can be done with what is selected.
import { FolderPlus } from 'lucide-react';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useStore } from '../../store/store.ts';
import { SelectionActions } from '../selection/SelectionActions.tsx';
import type { TileSize } from './useTileSize.ts';
import './GridToolbar.css';

interface GridToolbarProps {
  readonly title: string;
  readonly titleId?: string;
  /** Of the heading. */
  readonly level?: 1 | 2;
  readonly photos: number | undefined;
  readonly size: TileSize;
  onSize(size: TileSize): void;
  onAddFolders(): void;
}

const sizes = [
  { value: 'small', label: 'S' },
  { value: 'medium', label: 'M' },
  { value: 'large', label: 'L' },
] as const;

export function GridToolbar(props: GridToolbarProps) {
  const { title, titleId, level = 1, photos, size, onSize, onAddFolders } = props;
  const selected = useStore((store) => store.selected);
  const Heading = level === 1 ? 'h1' : 'h2';
  const isSelecting = selected.size > 0;
  return (
    <header className="grid-toolbar">
      <div className={isSelecting ? 'visually-hidden' : 'grid-toolbar-title'}>
        <Heading id={titleId}>{title}</Heading>
        {photos !== undefined && photos > 0 && (
          <p className="quiet number">
            {formatCount(photos)} {photos === 1 ? 'photo' : 'photos'}
          </p>
        )}
      </div>
      {isSelecting && <SelectionActions selected={selected} />}
      <div className="grid-toolbar-end">
        <SegmentedControl
          label="Size of the photos"
          value={size}
          options={sizes}
          onChange={onSize}
        />
        <Button className="grid-toolbar-add" onClick={onAddFolders}>
          <FolderPlus size={16} aria-hidden="true" />
          <span>Add folders</span>
        </Button>
      </div>
    </header>
  );
}
