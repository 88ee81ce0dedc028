// Photos: files with a path, and what has become of each. What a file holds is in contents.ts.
//
// [Note: Names last] FTS5 writes out what it has gathered, as a segment that is merged with others
// later, before every statement that may have to be undone by itself, as one with triggers. Between
// two photos that would be once for each; so names are written when all else of a transaction is.
import { join } from 'node:path';
import type { ErrorCode } from '../../shared/errors.ts';
import type { FileFacts } from '../../shared/files.ts';
import type { Database } from './database.ts';
import { localTime } from './localTime.ts';

export type PhotoState = 'pending' | 'indexed' | 'failed' | 'skipped';

export interface KnownPhoto extends FileFacts {
  readonly id: number;
  readonly state: PhotoState;
  readonly contentId: number | null;
  readonly code: ErrorCode | null;
}

export interface PendingPhoto {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
}

export interface PhotoPath {
  readonly id: number;
  readonly folder: string;
  readonly name: string;
  readonly root: string;
}

export interface PhotoInRoot {
  readonly id: number;
  readonly contentId: number | null;
  readonly folderId: number;
}

export interface LocatedPhoto {
  readonly id: number;
  readonly contentId: number | null;
  readonly sha256: string | null;
  readonly folder: string;
  readonly name: string;
  readonly online: number;
}

export type Counts = Readonly<Record<PhotoState, number>>;

const known = `photos.id, name, bytes, mtime_ms AS mtimeMs, inode, state, content_id AS contentId,
  failures.code AS code`;

const located = `SELECT photos.id, content_id AS contentId, sha256, folders.path AS folder, name,
    roots.state = 'online' AS online
  FROM photos JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id
  LEFT JOIN content ON content.id = content_id`;

export class Photos {
  private readonly database: Database;
  private readonly statements;

  constructor(database: Database) {
    this.database = database;
    this.statements = {
      inFolder: database.prepare<[number, string, number], KnownPhoto>(
        `SELECT ${known} FROM photos LEFT JOIN failures ON photo_id = photos.id
         WHERE folder_id = ? AND name > ? ORDER BY name LIMIT ?`,
      ),
      withInode: database.prepare<
        [number, number, number, number],
        { id: number; folder: string; name: string }
      >(
        `SELECT photos.id, path AS folder, name FROM photos JOIN folders ON folders.id = folder_id
         WHERE inode = ? AND bytes = ? AND mtime_ms = ? AND root_id = ?`,
      ),
      insert: database.prepare<[number, string, number, number, number | null, string]>(
        `INSERT INTO photos (folder_id, name, bytes, mtime_ms, inode, date, state)
         VALUES (?, ?, ?, ?, ?, ?, 'pending')`,
      ),
      insertName: database.prepare<[number, string, string]>(
        'INSERT OR REPLACE INTO photo_names (rowid, file, folder) VALUES (?, ?, ?)',
      ),
      deleteName: database.prepare<[number]>('DELETE FROM photo_names WHERE rowid = ?'),
      change: database.prepare<[number, number, number | null, string, number]>(
        `UPDATE photos SET bytes = ?, mtime_ms = ?, inode = ?, date = ?, state = 'pending',
           content_id = NULL
         WHERE id = ?`,
      ),
      move: database.prepare<[number, string, number]>(
        'UPDATE photos SET folder_id = ?, name = ? WHERE id = ?',
      ),
      requeue: database.prepare<[number]>(`UPDATE photos SET state = 'pending' WHERE id = ?`),
      unembedded: database.prepare<[string, number], { id: number }>(
        `SELECT id FROM photos
         WHERE state = 'indexed'
           AND folder_id IN (
             SELECT id FROM folders WHERE root_id IN (SELECT value FROM json_each(?)))
           AND NOT EXISTS (
             SELECT 1 FROM vectors WHERE space_id = ? AND vectors.content_id = photos.content_id)`,
      ),
      waitingEmbedded: database.prepare<[number], { id: number }>(
        `SELECT id FROM photos
         WHERE state = 'pending'
           AND NOT EXISTS (SELECT 1 FROM failures WHERE photo_id = photos.id)
           AND EXISTS (
             SELECT 1 FROM vectors WHERE space_id = ? AND vectors.content_id = photos.content_id)`,
      ),
      pending: database.prepare<
        [string, number],
        { id: number; folder: string; name: string; bytes: number }
      >(
        `SELECT photos.id, folders.path AS folder, name, bytes
         FROM photos JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id
         WHERE photos.state = 'pending' AND root_id IN (SELECT value FROM json_each(?))
           AND roots.state = 'online'
         ORDER BY photos.id LIMIT ?`,
      ),
      indexed: database.prepare<[number, number]>(
        // Without its zone, 'YYYY-MM-DDTHH:MM:SS' are the first 19 characters of when it was taken.
        `UPDATE photos SET state = 'indexed', content_id = content.id,
           date = coalesce(substr(content.taken_at, 1, 19), date)
         FROM content WHERE content.id = ? AND photos.id = ?`,
      ),
      setState: database.prepare<[PhotoState, number]>('UPDATE photos SET state = ? WHERE id = ?'),
      delete: database.prepare<[number]>('DELETE FROM photos WHERE id = ?'),
      counts: database.prepare<[], { state: PhotoState; photos: number }>(
        'SELECT state, sum(photos) AS photos FROM folder_counts GROUP BY state',
      ),
      countsIn: database.prepare<[string], { state: PhotoState; photos: number }>(
        `SELECT state, sum(photos) AS photos FROM folder_counts
         JOIN folders ON folders.id = folder_id WHERE root_id IN (SELECT value FROM json_each(?)) GROUP BY state`,
      ),
      // Two texts: a row for each of a thousand photos would cost twice as much as the search itself.
      ofContents: database.prepare<[string], { photos: string; contents: string }>(
        `SELECT json_group_array(id) AS photos, json_group_array(content_id) AS contents
         FROM (SELECT id, content_id FROM photos
           WHERE content_id IN (SELECT value FROM json_each(?)) ORDER BY id)`,
      ),
      inRoot: database.prepare<[number, number], PhotoInRoot>(
        `SELECT photos.id, content_id AS contentId, folder_id AS folderId
         FROM photos JOIN folders ON folders.id = folder_id WHERE root_id = ? LIMIT ?`,
      ),
      inFolderIds: database.prepare<[number], { id: number }>(
        'SELECT id FROM photos WHERE folder_id = ?',
      ),
      byId: database.prepare<[number], LocatedPhoto>(`${located} WHERE photos.id = ?`),
      pathsAfter: database.prepare<[number, number], PhotoPath>(
        `SELECT photos.id, folders.path AS folder, name, roots.path AS root
         FROM photos JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id
         WHERE photos.id > ? ORDER BY photos.id LIMIT ?`,
      ),
      stateOf: database.prepare<[number], { state: PhotoState }>(
        'SELECT state FROM photos WHERE id = ?',
      ),
      contentInUse: database.prepare<[number], { id: number }>(
        'SELECT id FROM photos WHERE content_id = ? LIMIT 1',
      ),
    };
  }

  /** Of the `limit` photos that follow this name; '' for the first. */
  inFolder(folderId: number, after: string, limit: number): KnownPhoto[] {
    return this.statements.inFolder.all(folderId, after, limit);
  }

  /**
   * Photos of this root that may be this very file under another path: same inode, size and time.
   * Not those of other roots: on a disk that is away now, the path would be empty and nothing moved.
   */
  withSameFile(rootId: number, file: FileFacts): { id: number; path: string }[] {
    if (file.inode === null) return [];
    return this.statements.withInode
      .all(file.inode, file.bytes, file.mtimeMs, rootId)
      .map((row) => ({ id: row.id, path: join(row.folder, row.name) }));
  }

  /** @param folderWords what of the folder's path may be searched for. */
  add(folderId: number, file: FileFacts, folderWords: string): number {
    const { id } = this.statements.insert.run(
      folderId,
      file.name,
      file.bytes,
      file.mtimeMs,
      file.inode,
      localTime(file.mtimeMs),
    );
    this.nameIt(id, file.name, folderWords);
    return id;
  }

  /** The file at this path is another one now. */
  change(id: number, file: FileFacts): void {
    const date = localTime(file.mtimeMs);
    this.statements.change.run(file.bytes, file.mtimeMs, file.inode, date, id);
  }

  /** The same file at another path: its content stays known. */
  move(id: number, folderId: number, name: string, folderWords: string): void {
    this.statements.move.run(folderId, name, id);
    this.nameIt(id, name, folderWords);
  }

  requeue(id: number): void {
    this.statements.requeue.run(id);
  }

  /** Indexed photos of these roots that another model has embedded and this one has not. */
  unembedded(rootIds: readonly number[], spaceId: number): number[] {
    return this.statements.unembedded.all(JSON.stringify(rootIds), spaceId).map((row) => row.id);
  }

  /** Pending photos, none of which has failed, that this model has embedded. */
  waitingEmbedded(spaceId: number): number[] {
    return this.statements.waitingEmbedded.all(spaceId).map((row) => row.id);
  }

  /** The first `limit` pending photos of these roots that are not on a disk that is away, by id. */
  pending(rootIds: readonly number[], limit: number): PendingPhoto[] {
    return this.statements.pending
      .all(JSON.stringify(rootIds), limit)
      .map((row) => ({ id: row.id, path: join(row.folder, row.name), bytes: row.bytes }));
  }

  setIndexed(id: number, contentId: number): void {
    this.statements.indexed.run(contentId, id);
  }

  setState(id: number, state: PhotoState): void {
    this.statements.setState.run(state, id);
  }

  stateOf(id: number): PhotoState | undefined {
    return this.statements.stateOf.get(id)?.state;
  }

  /** Forgets the photo; its content stays, for the case that the file comes back. */
  remove(id: number): void {
    this.statements.delete.run(id);
    this.database.defer(() => this.statements.deleteName.run(id));
  }

  counts(): Counts {
    return tally(this.statements.counts.all());
  }

  countsIn(rootIds: readonly number[]): Counts {
    return tally(this.statements.countsIn.all(JSON.stringify(rootIds)));
  }

  idsInFolder(folderId: number): number[] {
    return this.statements.inFolderIds.all(folderId).map((row) => row.id);
  }

  /** Of the `limit` photos that follow this one by id; 0 for the first. */
  pathsAfter(id: number, limit: number): PhotoPath[] {
    return this.statements.pathsAfter.all(id, limit);
  }

  /** `limit` photos of the root, whichever. */
  inRoot(rootId: number, limit: number): PhotoInRoot[] {
    return this.statements.inRoot.all(rootId, limit);
  }

  /** The photos that hold each of these contents. One query, as a search asks for many. */
  ofContents(contentIds: readonly number[]): Map<number, number[]> {
    const photosOf = new Map<number, number[]>(contentIds.map((id) => [id, []]));
    const row = this.statements.ofContents.get(JSON.stringify(contentIds));
    const photos = JSON.parse(row?.photos ?? '[]') as number[];
    const contents = JSON.parse(row?.contents ?? '[]') as number[];
    for (const [i, photo] of photos.entries()) photosOf.get(contents[i] ?? 0)?.push(photo);
    return photosOf;
  }

  byId(id: number): LocatedPhoto | undefined {
    return this.statements.byId.get(id);
  }

  usesContent(contentId: number): boolean {
    return this.statements.contentInUse.get(contentId) !== undefined;
  }

  /** See [Note: Names last]. */
  private nameIt(id: number, name: string, folderWords: string): void {
    const stem = name.replace(/\.[^.]*$/, '');
    this.database.defer(() =>
      this.statements.insertName.run(id, stem.normalize('NFC'), folderWords.normalize('NFC')),
    );
  }
}

function tally(rows: readonly { state: PhotoState; photos: number }[]): Counts {
  const counts = { pending: 0, indexed: 0, failed: 0, skipped: 0 };
  for (const row of rows) counts[row.state] = row.photos;
  return counts;
}
