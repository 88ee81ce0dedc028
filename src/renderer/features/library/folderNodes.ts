// The flat list of folders with photos → a tree with counts that hold everything below.
import type { Folder } from '../../../shared/library.ts';

export interface FolderNode {
  readonly path: string;
  readonly name: string;
  /** In it and below it. */
  readonly photos: number;
  readonly children: readonly FolderNode[];
}

interface Growing {
  path: string;
  name: string;
  photos: number;
  children: Map<string, Growing>;
}

/** @param roots their paths; each is a tree of its own, even without a photo. */
export function folderTree(roots: readonly string[], folders: readonly Folder[]): FolderNode[] {
  const grown = new Map(roots.map((path) => [path, newNode(path, lastPart(path))]));
  for (const { path, root, photos } of folders) {
    let node = grown.get(root);
    if (!node) continue;
    node.photos += photos;
    const separator = root.includes('\\') ? '\\' : '/';
    let at = root.endsWith(separator) ? root.slice(0, -1) : root;
    for (const part of path.slice(at.length).split(separator).filter(Boolean)) {
      at += separator + part;
      const child: Growing = node.children.get(part) ?? newNode(at, part);
      node.children.set(part, child);
      child.photos += photos;
      node = child;
    }
  }
  return [...grown.values()].map(finish);
}

export function findFolder(
  nodes: readonly FolderNode[],
  path: string | undefined,
): FolderNode | undefined {
  for (const node of nodes) {
    if (node.path === path) return node;
    const below = findFolder(node.children, path);
    if (below) return below;
  }
  return undefined;
}

function newNode(path: string, name: string): Growing {
  return { path, name, photos: 0, children: new Map() };
}

function finish({ children, ...node }: Growing): FolderNode {
  const sorted = [...children.values()].sort((a, b) =>
    a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
  return { ...node, children: sorted.map(finish) };
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
