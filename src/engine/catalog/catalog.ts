// The catalogue, SQLite: the truth about roots, photos, contents, embeddings, failures and runs.
// Everything else (the search index, thumbnails) can be made again from it and the originals.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import { Contents } from './contents.ts';
import { Database } from './database.ts';
import { Failures } from './failures.ts';
import { FilteredContents } from './filteredContents.ts';
import { type FolderLock, lockFolder } from './folderLock.ts';
import { Library } from './library.ts';
import { migrate } from './migrations.ts';
import { Names } from './names.ts';
import { Photos } from './photos.ts';
import { Reader } from './reader.ts';
import { Roots } from './roots.ts';
import { Runs } from './runs.ts';
import { SettingsStore } from './settingsStore.ts';

export class Catalog {
  readonly roots: Roots;
  readonly photos: Photos;
  readonly contents: Contents;
  readonly failures: Failures;
  readonly names: Names;
  readonly runs: Runs;
  readonly library: Library;
  readonly settings: SettingsStore;
  /** For reads whose cost grows with the library. */
  readonly reader: Reader;
  readonly filteredContents: FilteredContents;
  private readonly database: Database;
  private readonly lock: FolderLock;

  private constructor(database: Database, path: string, lock: FolderLock) {
    this.database = database;
    this.lock = lock;
    this.roots = new Roots(database);
    this.photos = new Photos(database);
    this.contents = new Contents(database);
    this.failures = new Failures(database);
    this.names = new Names(database);
    this.runs = new Runs(database);
    this.library = new Library(database, this.failures);
    this.settings = new SettingsStore(database);
    this.reader = new Reader(path);
    this.filteredContents = new FilteredContents(path, this.reader);
  }

  /**
   * Opens the catalogue in a data folder, making both where they are not there yet.
   * @throws DATA_IN_USE, DATA_NEWER, DATA_DAMAGED, DATA_UNWRITABLE, DISK_FULL
   */
  static open(folder: string): Catalog {
    makeFolder(folder);
    const lock = lockFolder(folder);
    try {
      const path = join(folder, 'catalog.sqlite');
      const database = new Database(path);
      try {
        migrate(database, path);
        return new Catalog(database, path, lock);
      } catch (error) {
        database.close();
        throw error;
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Runs `work` as one transaction: all of it is kept, or nothing. Not to be nested. */
  transaction<T>(work: () => T): T {
    return this.database.transaction(work);
  }

  /** Lets what is being read come to its end. To be called before the catalogue is closed. */
  async closeReads(): Promise<void> {
    await this.filteredContents.settled();
    await this.reader.close();
  }

  close(): void {
    this.database.close();
    this.lock.release();
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const code = systemCode(cause);
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new OcelliError(
      full ? 'DISK_FULL' : 'DATA_UNWRITABLE',
      `The data folder ${folder} cannot be made (${code}).`,
      { cause },
    );
  }
}
