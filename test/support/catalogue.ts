// What a catalogue holds, read beside the process that works with it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/** Photos that are stored as indexed; 0 while there is no catalogue yet. */
export function storedPhotos(dataFolder: string): number {
  const path = join(dataFolder, 'catalog.sqlite');
  if (!existsSync(path)) return 0;
  const sqlite = new DatabaseSync(path, { readOnly: true });
  try {
    const row = sqlite
      .prepare("SELECT count(*) AS stored FROM photos WHERE state = 'indexed'")
      .get();
    return Number(Object(row).stored);
  } catch {
    return 0; // its tables are not made yet
  } finally {
    sqlite.close();
  }
}
