// The folders as a tree: arrows walk, open and close; the folder with the focus is the one shown. There
// may be thousands: those in sight are drawn, and always the one that is shown.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight, CloudOff, Folder, HardDrive } from 'lucide-react';
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { formatCount } from '../../../shared/format.ts';
import { rangeWith } from '../../components/rangeWith.ts';
import { type FolderLine, type FolderNode, pathTo, treeStep, visibleLines } from './folderNodes.ts';
import './FolderTree.css';

/** Pixels, until a line has been measured. */
const usualHeight = 32;

interface FolderTreeProps {
  readonly roots: readonly FolderNode[];
  readonly chosen: string | undefined;
  onChoose(path: string): void;
}

export function FolderTree({ roots, chosen, onChoose }: FolderTreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(roots, chosen));
  const lines = useMemo(() => visibleLines(roots, open), [roots, open]);
  const chosenLine = lines.findIndex(({ node }) => node.path === chosen);
  /** The folder that is to have the focus as soon as it is drawn. */
  const awaited = useRef<string>(undefined);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: lines.length,
    getScrollElement: () => tree.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => lines[index]?.node.path ?? index,
    rangeExtractor: (range) => rangeWith(range, chosenLine),
    gap: 1,
    overscan: 12,
  });

  useLayoutEffect(() => {
    if (awaited.current === undefined || awaited.current !== chosen) return;
    awaited.current = undefined;
    tree.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  });

  function setIsOpen(path: string, isOpen: boolean): void {
    const next = new Set(open);
    if (isOpen) next.add(path);
    else next.delete(path);
    setOpen(next);
    // What shows must not lie in a closed folder, or the keys would start from nowhere.
    const isInside = pathTo(roots, chosen).some((node) => node.path === path);
    if (!isOpen && isInside && path !== chosen) onChoose(path);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = treeStep(lines, chosen, event.key);
    if (!step) return;
    event.preventDefault();
    if ('open' in step) setIsOpen(step.open, true);
    else if ('close' in step) setIsOpen(step.close, false);
    else {
      awaited.current = step.goTo;
      onChoose(step.goTo);
    }
  }

  return (
    <div className="folder-tree" ref={tree} role="tree" aria-label="Folders" onKeyDown={onKeyDown}>
      <div
        className="folder-tree-lines"
        role="presentation"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return line ? (
            <FolderTreeLine
              key={line.node.path}
              ref={virtualizer.measureElement}
              line={line}
              index={index}
              top={start}
              isChosen={line.node.path === chosen}
              onChoose={() => onChoose(line.node.path)}
              onToggle={() => setIsOpen(line.node.path, !line.isOpen)}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

interface FolderTreeLineProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly line: FolderLine;
  /** Among all lines. */
  readonly index: number;
  readonly top: number;
  readonly isChosen: boolean;
  onChoose(): void;
  onToggle(): void;
}

function FolderTreeLine(props: FolderTreeLineProps) {
  const { ref, line, index, top, isChosen, onChoose, onToggle } = props;
  const { node, level, isOpen, position, siblings } = line;
  const isParent = node.children.length > 0;
  const Icon = level === 1 ? HardDrive : Folder;
  const toggle = (event: MouseEvent) => {
    if (!isParent) return;
    event.stopPropagation();
    onToggle();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys; the focus chooses
    <div
      ref={ref}
      className="folder-tree-line"
      role="treeitem"
      data-index={index}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isChosen}
      aria-expanded={isParent ? isOpen : undefined}
      tabIndex={isChosen ? 0 : -1}
      title={node.path}
      style={{ top, paddingInlineStart: `${(level - 1) * 16 + 4}px` }}
      onClick={onChoose}
      onDoubleClick={toggle}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; keys open with an arrow */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: for the mouse; keys open with an arrow */}
      <span className="folder-tree-arrow" onClick={toggle}>
        {isParent && <ChevronRight size={16} aria-hidden="true" />}
      </span>
      <Icon className="folder-tree-icon" size={16} aria-hidden="true" />
      <span className="folder-tree-name">{node.name}</span>
      {level === 1 && !node.online && (
        <span className="folder-tree-offline">
          <CloudOff size={14} aria-hidden="true" /> offline
        </span>
      )}
      <span className="folder-tree-count number">{formatCount(node.photos)}</span>
    </div>
  );
}

/** A lone root is open, and all on the way to the folder that is shown. */
function firstOpen(roots: readonly FolderNode[], chosen: string | undefined): Set<string> {
  const [only] = roots.length === 1 ? roots : [];
  const way = pathTo(roots, chosen).slice(0, -1);
  return new Set([...(only ? [only] : []), ...way].map(({ path }) => path));
}
