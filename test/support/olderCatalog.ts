// Turns a catalogue into what an older version has left: undoes the last steps of its migrations.
import { Database } from '../../src/engine/catalog/database.ts';

/** What undoes the step that leads to this version, where doing it again would not do. */
const undone: Readonly<Record<number, string>> = {
  2: `
    DROP TRIGGER photos_counted; DROP TRIGGER photos_uncounted; DROP TRIGGER photos_recounted;
    DROP TRIGGER photos_redated; DROP TRIGGER photos_known;
    DROP TABLE folder_counts; DROP TABLE month_counts; DROP TABLE camera_counts;
    DROP TABLE format_counts;
    DROP INDEX content_camera; DROP INDEX content_format;`,
};

/** @param path of a catalogue of the newest version that nobody has open. */
export function makeOlder(path: string, version: number): void {
  const database = new Database(path);
  const row = database.prepare<[], { user_version: number }>('PRAGMA user_version').get();
  for (let step = row?.user_version ?? 0; step > version; step--) database.exec(undone[step] ?? '');
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}
