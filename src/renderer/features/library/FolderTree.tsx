// The folders as a tree: arrows open, close and walk, Enter or a click chooses.
import { ChevronRight, CloudOff } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { formatCount } from '../../components/format.ts';
import type { FolderNode } from './folderNodes.ts';
import './FolderTree.css';

interface FolderTreeProps {
  readonly roots: readonly FolderNode[];
  readonly offline: ReadonlySet<string>;
  readonly chosen: string | undefined;
  onChoose(path: string): void;
}

interface Line {
  readonly node: FolderNode;
  readonly level: number;
  readonly isOpen: boolean;
}

export function FolderTree({ roots, offline, chosen, onChoose }: FolderTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const lines = visibleLines(roots, toggled);
  const toggle = (path: string) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const index = lines.findIndex(({ node }) => node.path === chosen);
    const line = lines[index];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const target = lines[index + (event.key === 'ArrowDown' ? 1 : -1)];
      if (target) focusLine(event.currentTarget, target.node.path, onChoose);
    } else if (event.key === 'ArrowRight' && line && !line.isOpen) toggle(line.node.path);
    else if (event.key === 'ArrowLeft' && line?.isOpen) toggle(line.node.path);
    else return;
    event.preventDefault();
  };

  return (
    <div
      className="folder-tree"
      role="tree"
      aria-label="Folders"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {lines.map(({ node, level, isOpen }) => (
        <div
          key={node.path}
          className="folder-tree-line"
          role="treeitem"
          aria-level={level}
          aria-selected={node.path === chosen}
          {...(node.children.length > 0 ? { 'aria-expanded': isOpen } : {})}
          tabIndex={node.path === chosen ? 0 : -1}
          data-path={node.path}
          title={node.path}
          style={{ paddingInlineStart: `${level * 16}px` }}
          onClick={() => onChoose(node.path)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') onChoose(node.path);
          }}
        >
          <span
            className="folder-tree-arrow"
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              toggle(node.path);
            }}
          >
            {node.children.length > 0 && <ChevronRight size={16} />}
          </span>
          <span className="folder-tree-name">{node.name}</span>
          {offline.has(node.path) && <CloudOff size={15} aria-label="not connected" />}
          <span className="quiet number">{formatCount(node.photos)}</span>
        </div>
      ))}
    </div>
  );
}

/** Roots begin open, folders below them closed; `toggled` are those that are not as they began. */
function visibleLines(
  nodes: readonly FolderNode[],
  toggled: ReadonlySet<string>,
  level = 1,
): Line[] {
  return nodes.flatMap((node) => {
    const isOpen = node.children.length > 0 && (level === 1) !== toggled.has(node.path);
    const line = { node, level, isOpen };
    return isOpen ? [line, ...visibleLines(node.children, toggled, level + 1)] : [line];
  });
}

function focusLine(tree: HTMLElement, path: string, onChoose: (path: string) => void): void {
  onChoose(path);
  const lines = [...tree.querySelectorAll<HTMLElement>('[data-path]')];
  lines.find((line) => line.dataset['path'] === path)?.focus();
}
