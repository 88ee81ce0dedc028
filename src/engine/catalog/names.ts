// Photos found by the names of their files and folders (SQLite FTS5).
import type { Database } from './database.ts';

export interface NameMatch {
  readonly photoId: number;
  readonly where: 'file' | 'folder';
  /** FTS5's bm25: lower is better; equal for names that match alike. */
  readonly bm25: number;
}

export class Names {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      match: database.prepare<[string, number], { photoId: number; bm25: number }>(
        // A word in the file's own name weighs more than one in a folder's.
        `SELECT rowid AS photoId, bm25(photo_names, 4.0, 1.0) AS bm25 FROM photo_names
         WHERE photo_names MATCH ? ORDER BY bm25, rowid LIMIT ?`,
      ),
      matchUnordered: database.prepare<[string], { photoId: number }>(
        'SELECT rowid AS photoId FROM photo_names WHERE photo_names MATCH ?',
      ),
    };
  }

  /**
   * Photos whose names have every one of `terms`; best first.
   * @param terms words or phrases; a word also matches as the beginning of a longer one.
   */
  match(terms: readonly string[], limit: number): NameMatch[] {
    const query = toQuery(terms);
    if (query === undefined) return [];
    const matches = this.statements.match.all(query, limit);
    // Of all, not of the first so many: which of them are the best is not known here.
    const inFile = new Set(
      this.statements.matchUnordered.all(`{file} : (${query})`).map((row) => row.photoId),
    );
    return matches.map((row) => ({
      ...row,
      where: inFile.has(row.photoId) ? 'file' : 'folder',
    }));
  }
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
