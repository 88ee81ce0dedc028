// The one place that knows SQLite: opening a file, typed statements, transactions, and its errors
// turned into ours.
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { OcelliError } from '../../shared/errors.ts';

export type SqlValue = null | number | string | Uint8Array;

/** A prepared statement whose parameters and rows have types; the SQL beside it keeps the promise. */
export interface Statement<Parameters extends SqlValue[], Row> {
  all(...parameters: Parameters): Row[];
  get(...parameters: Parameters): Row | undefined;
  run(...parameters: Parameters): { changes: number; id: number };
}

export interface DatabaseOptions {
  /** For a file that another connection has made. Default: false. */
  readonly readOnly?: boolean;
}

const readerWaitsMs = 5000;
/** Pages that each connection keeps; others are in the system's cache, which gives way where it must. */
const cacheKiB = 16_384;

export class Database {
  private readonly sqlite: DatabaseSyncInstance;
  private readonly path: string;
  /** What is left to be done before the transaction that is under way is committed. */
  private deferred: (() => void)[] | undefined;
  private readVersion: Statement<[], { data_version: number }> | undefined;

  /** @throws DATA_DAMAGED, DATA_UNWRITABLE, DATA_IN_USE */
  constructor(path: string, { readOnly = false }: DatabaseOptions = {}) {
    this.path = path;
    this.sqlite = guarded(path, () => {
      // A reader waits for the moments in which even WAL locks everybody out.
      const sqlite = new DatabaseSync(path, { readOnly, timeout: readOnly ? readerWaitsMs : 0 });
      try {
        sqlite.exec(`PRAGMA cache_size = -${cacheKiB};`);
        if (readOnly) return sqlite;
        sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;');
        // WAL with NORMAL survives kill −9 whole; after a power cut the last commits may be missing,
        // which the next run redoes.
        sqlite.exec('PRAGMA synchronous = NORMAL;');
        return sqlite;
      } catch (error) {
        sqlite.close();
        throw error;
      }
    });
  }

  prepare<Parameters extends SqlValue[], Row = never>(sql: string): Statement<Parameters, Row> {
    const statement = guarded(this.path, () => this.sqlite.prepare(sql));
    return {
      all: (...parameters) => guarded(this.path, () => statement.all(...parameters) as Row[]),
      get: (...parameters) =>
        guarded(this.path, () => statement.get(...parameters) as Row | undefined),
      run: (...parameters) =>
        guarded(this.path, () => {
          // FTS5 leaves row numbers of its own tables behind, beyond what a JavaScript integer holds.
          statement.setReadBigInts(true);
          const { changes, lastInsertRowid } = statement.run(...parameters);
          statement.setReadBigInts(false);
          return { changes: Number(changes), id: Number(lastInsertRowid) };
        }),
    };
  }

  exec(sql: string): void {
    guarded(this.path, () => this.sqlite.exec(sql));
  }

  /** Runs `work` as one transaction; nothing of it stays if it throws. Not to be nested. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    this.deferred = [];
    try {
      const result = work();
      for (const last of this.deferred) last();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk may have ended the transaction already; a second error would hide the first.
      if (this.sqlite.isTransaction) this.sqlite.exec('ROLLBACK');
      throw error;
    } finally {
      this.deferred = undefined;
    }
  }

  /** Does `work` at the end of the transaction that is under way; at once where there is none. */
  defer(work: () => void): void {
    if (this.deferred) this.deferred.push(work);
    else work();
  }

  /** The same until another connection has committed something. Other connections count otherwise. */
  version(): number {
    this.readVersion ??= this.prepare('PRAGMA data_version');
    return this.readVersion.get()?.data_version ?? 0;
  }

  close(): void {
    this.sqlite.close();
  }
}

/** SQLite's primary result codes (sqlite.org/rescode.html) that a person can do something about. */
const meanings: Readonly<
  Record<
    number,
    { code: 'DISK_FULL' | 'DATA_DAMAGED' | 'DATA_UNWRITABLE' | 'DATA_IN_USE'; text: string }
  >
> = {
  5: { code: 'DATA_IN_USE', text: 'is in use by another program' },
  8: { code: 'DATA_UNWRITABLE', text: 'may not be written to' },
  10: { code: 'DATA_DAMAGED', text: 'cannot be read or written (the disk reports an error)' },
  11: { code: 'DATA_DAMAGED', text: 'is damaged' },
  13: { code: 'DISK_FULL', text: 'cannot grow: the disk is full' },
  14: { code: 'DATA_UNWRITABLE', text: 'cannot be opened' },
  26: { code: 'DATA_DAMAGED', text: 'is not a catalogue' },
};

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const meaning = meanings[resultCode(cause) & 0xff];
    if (!meaning) throw cause;
    throw new OcelliError(meaning.code, `${path} ${meaning.text}.`, { cause });
  }
}

function resultCode(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return 0;
  return typeof error.errcode === 'number' ? error.errcode : 0;
}
