// The flat list of folders with photos → trees with counts that hold everything below, and what of
// them shows while some are open.
import type { Folder } from '../../../shared/library.ts';
import { naturalOrder } from '../../components/naturalOrder.ts';

export interface FolderNode {
  readonly path: string;
  readonly name: string;
  /** In it and below it. */
  readonly photos: number;
  readonly online: boolean;
  readonly children: readonly FolderNode[];
}

export interface FolderLine {
  readonly node: FolderNode;
  /** 1 for roots. */
  readonly level: number;
  readonly isOpen: boolean;
  /** Its path. */
  readonly parent: string | undefined;
  /** Among the folders beside it, from 1 on; and how many these are. */
  readonly position: number;
  readonly siblings: number;
}

interface Root {
  readonly path: string;
  readonly state: 'online' | 'offline';
}

interface Growing {
  readonly path: string;
  readonly name: string;
  photos: number;
  readonly children: Map<string, Growing>;
}

/** @param roots each is a tree of its own, even without a photo. */
export function folderTree(roots: readonly Root[], folders: readonly Folder[]): FolderNode[] {
  const grown = new Map(roots.map(({ path }) => [path, sprout(path, lastPart(path))]));
  for (const folder of folders) {
    const root = grown.get(folder.root);
    if (root) add(root, folder);
  }
  return roots.flatMap(({ path, state }) => {
    const root = grown.get(path);
    return root ? [finish(root, state === 'online')] : [];
  });
}

function add(root: Growing, { path, photos }: Folder): void {
  const separator = root.path.includes('\\') ? '\\' : '/';
  root.photos += photos;
  let node = root;
  // A root that is a whole disk ends with the separator itself.
  let at = root.path.endsWith(separator) ? root.path.slice(0, -1) : root.path;
  for (const part of path.slice(at.length).split(separator).filter(Boolean)) {
    at += separator + part;
    const child = node.children.get(part) ?? sprout(at, part);
    node.children.set(part, child);
    child.photos += photos;
    node = child;
  }
}

function sprout(path: string, name: string): Growing {
  return { path, name, photos: 0, children: new Map() };
}

function finish({ path, name, photos, children }: Growing, online: boolean): FolderNode {
  const sorted = [...children.values()].sort((a, b) => naturalOrder(a.name, b.name));
  return { path, name, photos, online, children: sorted.map((child) => finish(child, online)) };
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** A folder's node with those it lies in, from the root on; empty where it is not known. */
export function pathTo(nodes: readonly FolderNode[], path: string | undefined): FolderNode[] {
  for (const node of nodes) {
    if (node.path === path) return [node];
    const below = pathTo(node.children, path);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

/** What shows, from top to bottom. */
export function visibleLines(
  nodes: readonly FolderNode[],
  open: ReadonlySet<string>,
  level = 1,
  parent?: string,
): FolderLine[] {
  return nodes.flatMap((node, index) => {
    const isOpen = node.children.length > 0 && open.has(node.path);
    const siblings = nodes.length;
    const line = { node, level, isOpen, parent, position: index + 1, siblings };
    return isOpen ? [line, ...visibleLines(node.children, open, level + 1, node.path)] : [line];
  });
}

export type TreeStep =
  | { readonly goTo: string }
  | { readonly open: string }
  | { readonly close: string };

/** What a key does in the tree, after the ARIA pattern for trees; undefined where it does nothing. */
export function treeStep(
  lines: readonly FolderLine[],
  current: string | undefined,
  key: string,
): TreeStep | undefined {
  const index = lines.findIndex(({ node }) => node.path === current);
  const line = lines[index];
  const to = (target: FolderLine | undefined) => target && { goTo: target.node.path };
  switch (key) {
    case 'ArrowDown':
      return to(lines[index + 1]);
    case 'ArrowUp':
      return to(lines[index - 1]);
    case 'Home':
      return to(lines[0]);
    case 'End':
      return to(lines.at(-1));
    case 'ArrowRight':
      if (!line || line.node.children.length === 0) return undefined;
      return line.isOpen ? to(lines[index + 1]) : { open: line.node.path };
    case 'ArrowLeft':
      if (line?.isOpen) return { close: line.node.path };
      return line?.parent === undefined ? undefined : { goTo: line.parent };
    default:
      return undefined;
  }
}
