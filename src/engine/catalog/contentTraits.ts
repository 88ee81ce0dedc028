// What a search may be narrowed by, of each content: its camera and kind, and where and when the photos
// that hold it are. The index has a copy, made when a point is written.
//
// [Note: Changed traits] A content that is known already gets others when a photo of it is moved, dated
// anew or found elsewhere. A trigger numbers these contents, whoever has written; each space remembers
// up to which number its index has followed, so neither kill −9 nor another model's turn loses one.
// What a photo that is gone leaves behind is not followed: a search looks its photos up anyway.
import type { Traits } from '../../shared/traits.ts';
import type { Database } from './database.ts';

interface TraitRow {
  contentId: number;
  camera: string | null;
  format: string;
  date: string;
  folder: string;
}

export class ContentTraits {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      of: database.prepare<[string], TraitRow>(
        `SELECT content_id AS contentId, camera_model AS camera, format, date, path AS folder
         FROM photos JOIN content ON content.id = content_id JOIN folders ON folders.id = folder_id
         WHERE content_id IN (SELECT value FROM json_each(?))`,
      ),
      changedAfter: database.prepare<[number, number], { seq: number; contentId: number }>(
        `SELECT seq, content_id AS contentId FROM trait_changes WHERE seq > ? ORDER BY seq LIMIT ?`,
      ),
    };
  }

  /** Of those of the contents that a photo holds. */
  of(contentIds: readonly number[]): Map<number, Traits> {
    const traits = new Map<number, Traits & { dates: string[]; folders: string[] }>();
    for (const row of this.statements.of.all(JSON.stringify(contentIds))) {
      const { contentId, camera, format, date, folder } = row;
      const known = traits.get(contentId);
      if (known) {
        known.dates.push(date);
        known.folders.push(folder);
      } else traits.set(contentId, { camera, format, dates: [date], folders: [folder] });
    }
    return traits;
  }

  /** Contents whose traits have changed since, in order; each once. */
  changedAfter(seq: number, limit: number): { seq: number; contentId: number }[] {
    return this.statements.changedAfter.all(seq, limit);
  }
}
