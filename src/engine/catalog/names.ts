// Photos found by the names of their files and folders (SQLite FTS5).
import type { Database } from './database.ts';

export interface NameMatch {
  readonly photoId: number;
  readonly where: 'file' | 'folder';
  /** Lower is better; equal for names that match alike. */
  readonly rank: number;
}

/**
 * Words that more names have than this say nothing about which of them is meant, and ranking would
 * cost as much as a search by itself.
 */
export const mostRanked = 2000;

export interface NameOptions {
  /** Photos beyond those in `near` that are worth telling. */
  readonly limit: number;
  /** Told however many others match. */
  readonly near: ReadonlySet<number>;
  /** Those of some photos that may be told; not given: all of them. */
  readonly passing: ((photoIds: readonly number[]) => ReadonlySet<number>) | undefined;
}

export class Names {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      ranked: database.prepare<[string], { photoId: number; bm25: number }>(
        // A word in the file's own name weighs more than one in a folder's.
        `SELECT rowid AS photoId, bm25(photo_names, 4.0, 1.0) AS bm25 FROM photo_names
         WHERE photo_names MATCH ? ORDER BY bm25, rowid`,
      ),
      // As one text: rows by the hundred thousand would cost eight times as much.
      ids: database.prepare<[string], { ids: string }>(
        `SELECT json_group_array(rowid) AS ids
         FROM (SELECT rowid FROM photo_names WHERE photo_names MATCH ? ORDER BY rowid)`,
      ),
      clear: database.prepare<[]>(`INSERT INTO photo_names (photo_names) VALUES ('delete-all')`),
    };
  }

  /**
   * Photos whose names have every one of `terms`; best first.
   * @param terms words or phrases; a word also matches as the beginning of a longer one.
   */
  match(terms: readonly string[], options: NameOptions): NameMatch[] {
    const query = toQuery(terms);
    if (query === undefined) return [];
    const all = this.ids(query);
    if (all.length === 0) return [];
    const inFile = this.ids(`{file} : (${query})`);
    if (all.length <= mostRanked) {
      const told = chosen(all, options);
      return this.ranked(query, new Set(inFile)).filter(({ photoId }) => told.has(photoId));
    }
    // All whose file is called so before all whose folder is; among these nobody is better.
    const files = chosen(inFile, options);
    const limit = Math.max(0, options.limit - files.size);
    const folders = chosen(without(all, inFile), { ...options, limit });
    return [...alike([...files], 'file', 0), ...alike([...folders], 'folder', 1)];
  }

  /** All photos whose names have every one of `terms`, by id. */
  matching(terms: readonly string[]): readonly number[] {
    const query = toQuery(terms);
    return query === undefined ? [] : this.ids(query);
  }

  /** For when no photo is left: names of those that went lie there until they are merged with others. */
  clear(): void {
    this.statements.clear.run();
  }

  private ids(query: string): number[] {
    return JSON.parse(this.statements.ids.get(query)?.ids ?? '[]') as number[];
  }

  private ranked(query: string, inFile: ReadonlySet<number>): NameMatch[] {
    return this.statements.ranked.all(query).map(({ photoId, bm25 }) => ({
      photoId,
      where: inFile.has(photoId) ? 'file' : 'folder',
      rank: bm25,
    }));
  }
}

/** Of so many is asked at once whether they may be told: most often the first few are enough. */
const perCheck = 2000;

/** The photos to be told, by id: all that are near, and of the others as many as there is room for. */
function chosen(ids: readonly number[], { limit, near, passing }: NameOptions): Set<number> {
  const told = new Set<number>();
  let room = limit;
  for (let i = 0; i < ids.length; i += perCheck) {
    const some = ids.slice(i, i + perCheck).filter((id) => room > 0 || near.has(id));
    if (some.length === 0) continue;
    const passed = passing?.(some);
    for (const id of some) {
      if (passed && !passed.has(id)) continue;
      if (near.has(id) || room-- > 0) told.add(id);
    }
  }
  return told;
}

function alike(ids: readonly number[], where: NameMatch['where'], rank: number): NameMatch[] {
  return ids.map((photoId) => ({ photoId, where, rank }));
}

/** Both ascending. */
function without(ids: readonly number[], others: readonly number[]): number[] {
  if (others.length === ids.length) return [];
  let at = 0;
  return ids.filter((id) => {
    while ((others[at] ?? Number.POSITIVE_INFINITY) < id) at++;
    return others[at] !== id;
  });
}

/** FTS5 syntax for "all of these": each term a quoted string, so that nothing in it is an operator. */
function toQuery(terms: readonly string[]): string | undefined {
  const usable = terms
    // To SQLite a NUL is the end of the query.
    .map((term) => term.normalize('NFC').replaceAll('\0', ' '))
    .filter((term) => /[\p{L}\p{N}]/u.test(term));
  if (usable.length === 0) return undefined;
  return usable.map((term) => `"${term.replaceAll('"', '""')}"*`).join(' AND ');
}
