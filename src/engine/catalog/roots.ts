// Roots (the folders that people chose) and the folders below them.
import { dirname, sep } from 'node:path';
import { OcelliError } from '../../shared/errors.ts';
import { isWithin } from '../../shared/folderPaths.ts';
import type { Database } from './database.ts';

export type RootState = 'online' | 'offline';

export interface Root {
  readonly id: number;
  readonly path: string;
  readonly state: RootState;
  readonly lastScanAt: number | null;
}

export interface RootWithCount extends Root {
  readonly photos: number;
}

const rootColumns = 'id, path, state, last_scan_at AS lastScanAt';

export class Roots {
  private readonly database: Database;
  private readonly statements;

  constructor(database: Database) {
    this.database = database;
    this.statements = {
      all: database.prepare<[], Root>(`SELECT ${rootColumns} FROM roots ORDER BY path`),
      counted: database.prepare<[], RootWithCount>(
        `SELECT ${rootColumns},
           (SELECT coalesce(sum(photos), 0) FROM folder_counts JOIN folders ON folders.id = folder_id
            WHERE root_id = roots.id) AS photos
         FROM roots ORDER BY path`,
      ),
      insert: database.prepare<[string]>(`INSERT INTO roots (path, state) VALUES (?, 'online')`),
      delete: database.prepare<[number]>('DELETE FROM roots WHERE id = ?'),
      setState: database.prepare<[RootState, number]>('UPDATE roots SET state = ? WHERE id = ?'),
      scanned: database.prepare<[number, number]>(
        `UPDATE roots SET last_scan_at = ?, state = 'online' WHERE id = ?`,
      ),
      adopt: database.prepare<[number, number]>('UPDATE folders SET root_id = ? WHERE root_id = ?'),
      folder: database.prepare<[string], { id: number }>('SELECT id FROM folders WHERE path = ?'),
      below: database.prepare<[string, string, string], { id: number }>(
        'SELECT id FROM folders WHERE path = ? OR (path > ? AND path < ?) LIMIT 1',
      ),
      addFolder: database.prepare<[number, string]>(
        'INSERT INTO folders (root_id, path) VALUES (?, ?)',
      ),
      folders: database.prepare<[number], { id: number; path: string }>(
        'SELECT id, path FROM folders WHERE root_id = ?',
      ),
      deleteFolder: database.prepare<[number]>('DELETE FROM folders WHERE id = ?'),
    };
  }

  all(): Root[] {
    return this.statements.all.all();
  }

  /** With the number of photos of each, which costs a pass over the folders. */
  counted(): RootWithCount[] {
    return this.statements.counted.all();
  }

  /** The root at or above `path`, if it lies in the library. */
  containing(path: string): Root | undefined {
    return this.all().find((root) => isWithin(path, root.path));
  }

  /**
   * The root to scan for `path`: one that holds it already, or a new one, which takes over the
   * roots below it, so that no photo belongs to two.
   */
  add(path: string): Root {
    const known = this.containing(path);
    if (known) return known;
    return this.database.transaction(() => {
      const below = this.all().filter((root) => isWithin(root.path, path));
      const { id } = this.statements.insert.run(path);
      for (const root of below) {
        this.statements.adopt.run(id, root.id);
        this.statements.delete.run(root.id);
      }
      return { id, path, state: 'online', lastScanAt: null };
    });
  }

  /** @throws ROOT_UNKNOWN */
  named(path: string): Root {
    const root = this.all().find((candidate) => candidate.path === path);
    if (root) return root;
    throw new OcelliError('ROOT_UNKNOWN', `${path} is not a folder of this library.`);
  }

  setState(id: number, state: RootState): void {
    this.statements.setState.run(state, id);
  }

  markScanned(id: number, at: number): void {
    this.statements.scanned.run(at, id);
  }

  /** The folder itself; its photos and folders must be gone already or go with it. */
  remove(id: number): void {
    this.statements.delete.run(id);
  }

  folderId(path: string): number | undefined {
    return this.statements.folder.get(path)?.id;
  }

  /** Whether a folder with photos is known at `path` or below it. */
  hasFolderWithin(path: string): boolean {
    // Up to what sorts after every path that begins with `path/`.
    const [from, to] = [path + sep, path + String.fromCharCode(sep.charCodeAt(0) + 1)];
    return this.statements.below.get(path, from, to) !== undefined;
  }

  addFolder(rootId: number, path: string): number {
    return this.folderId(path) ?? this.statements.addFolder.run(rootId, path).id;
  }

  folders(rootId: number): { id: number; path: string }[] {
    return this.statements.folders.all(rootId);
  }

  removeFolder(id: number): void {
    this.statements.deleteFolder.run(id);
  }
}

/** What of a folder's path a person may search for: the root's own name and all below it. */
export function searchablePath(folder: string, root: string): string {
  const above = dirname(root);
  return folder.slice(above.length).split(sep).join(' ');
}
