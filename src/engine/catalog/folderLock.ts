// One process per data folder. The lock is SQLite's own on a file beside the catalogue: the
// operating system takes it back when the process ends, however it ends, so nothing goes stale.
import { join } from 'node:path';
import { OcelliError } from '../../shared/errors.ts';
import { Database } from './database.ts';

export interface FolderLock {
  release(): void;
}

/** @throws DATA_IN_USE where another process holds the folder; DATA_UNWRITABLE */
export function lockFolder(folder: string): FolderLock {
  let database: Database | undefined;
  try {
    const held = new Database(join(folder, 'lock'));
    database = held;
    held.exec('BEGIN EXCLUSIVE');
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (!(error instanceof OcelliError) || error.code !== 'DATA_IN_USE') throw error;
    throw new OcelliError('DATA_IN_USE', `Another Ocelli is working with ${folder}.`, {
      cause: error,
    });
  }
}
