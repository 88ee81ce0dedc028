// The folders as a tree: arrows walk, open and close; the folder with the focus is the one shown.
import { ChevronRight, CloudOff, Folder, HardDrive } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { formatCount } from '../../../shared/format.ts';
import { type FolderLine, type FolderNode, pathTo, treeStep, visibleLines } from './folderNodes.ts';
import './FolderTree.css';

interface FolderTreeProps {
  readonly roots: readonly FolderNode[];
  readonly chosen: string | undefined;
  onChoose(path: string): void;
}

export function FolderTree({ roots, chosen, onChoose }: FolderTreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(roots, chosen));
  const lines = visibleLines(roots, open);

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
      onChoose(step.goTo);
      const items = tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [];
      items[lines.findIndex(({ node }) => node.path === step.goTo)]?.focus();
    }
  }

  return (
    <div className="folder-tree" ref={tree} role="tree" aria-label="Folders" onKeyDown={onKeyDown}>
      {lines.map((line) => (
        <FolderTreeLine
          key={line.node.path}
          line={line}
          isChosen={line.node.path === chosen}
          onChoose={() => onChoose(line.node.path)}
          onToggle={() => setIsOpen(line.node.path, !line.isOpen)}
        />
      ))}
    </div>
  );
}

interface FolderTreeLineProps {
  readonly line: FolderLine;
  readonly isChosen: boolean;
  onChoose(): void;
  onToggle(): void;
}

function FolderTreeLine({ line, isChosen, onChoose, onToggle }: FolderTreeLineProps) {
  const { node, level, isOpen } = line;
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
      className="folder-tree-line"
      role="treeitem"
      aria-level={level}
      aria-selected={isChosen}
      aria-expanded={isParent ? isOpen : undefined}
      tabIndex={isChosen ? 0 : -1}
      title={node.path}
      style={{ paddingInlineStart: `${(level - 1) * 16 + 4}px` }}
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
