// The folders one can narrow a search to: each counts what lies below it too, as the filter does.
import type { Folder } from '../../../shared/library.ts';
import { naturalOrder } from '../../components/naturalOrder.ts';

export interface FolderChoice {
  readonly path: string;
  readonly name: string;
  /** 0 for the folders that were added, more for those inside. */
  readonly depth: number;
  readonly photos: number;
}

export function folderChoices(folders: readonly Folder[]): FolderChoice[] {
  const counts = new Map<string, { root: string; photos: number }>();
  for (const { path, root, photos } of folders) {
    for (const above of [path, ...pathsAbove(path, root)]) {
      const entry = counts.get(above) ?? { root, photos: 0 };
      counts.set(above, { root: entry.root, photos: entry.photos + photos });
    }
  }
  return [...counts]
    .map(([path, { root, photos }]) => ({
      path,
      name: nameOf(path),
      depth: pathsAbove(path, root).length,
      photos,
    }))
    .toSorted((a, b) => comparePaths(a.path, b.path));
}

/** The last part of a path of any system. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

function pathsAbove(path: string, root: string): string[] {
  const above: string[] = [];
  let at = path;
  while (at !== root && at.length > root.length) {
    at = at.slice(0, Math.max(at.lastIndexOf('/'), at.lastIndexOf('\\')));
    above.push(at.length < root.length ? root : at);
  }
  return above;
}

/** Part by part, so that what lies in a folder follows it at once. */
function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split(/[\\/]/), b.split(/[\\/]/)];
  for (const [i, part] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (part !== other) return naturalOrder(part, other);
  }
  return left.length - right.length;
}
