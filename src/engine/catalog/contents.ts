// Contents (what files hold, by SHA-256) and their embeddings, which belong to the content and not
// to a path: a photo that was moved, renamed, copied or restored is known.
import type { PhotoMetadata } from '../../shared/photoMetadata.ts';
import type { Database } from './database.ts';

/** Facts of an image. */
export interface ContentFacts extends PhotoMetadata {
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
  /** Pixels, after orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF, 1 to 8. */
  readonly orientation: number;
}

export interface Space {
  readonly id: number;
  readonly dimensions: number;
  readonly indexedSeq: number;
  readonly indexClean: boolean;
}

export interface StoredVector {
  readonly seq: number;
  readonly contentId: number;
  /** dimensions × float32, L2-normalised. */
  readonly embedding: Float32Array;
}

interface VectorRow {
  seq: number;
  contentId: number;
  embedding: Uint8Array;
}

type FactRow = [
  string,
  number,
  string,
  number,
  number,
  number,
  string | null,
  string | null,
  string | null,
  string | null,
  number | null,
  number | null,
  number | null,
  number | null,
  number | null,
  number | null,
];

export class Contents {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      ofSize: database.prepare<[number, number, number], { sha256: string; isEmbedded: number }>(
        // By size first, then each by its id. A join may begin with all embeddings of the space.
        `SELECT sha256, EXISTS (
           SELECT 1 FROM vectors WHERE space_id = ? AND content_id = content.id) AS isEmbedded
         FROM content WHERE bytes = ? LIMIT ?`,
      ),
      embedded: database.prepare<[number, string], { id: number }>(
        `SELECT id FROM content WHERE EXISTS (
           SELECT 1 FROM vectors WHERE space_id = ? AND content_id = content.id) AND sha256 = ?`,
      ),
      bySha: database.prepare<[string], { id: number }>('SELECT id FROM content WHERE sha256 = ?'),
      insert: database.prepare<FactRow>(
        `INSERT INTO content (sha256, bytes, format, width, height, orientation, taken_at,
           camera_make, camera_model, lens, latitude, longitude, exposure_seconds, f_number, iso,
           focal_length_mm)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      addVector: database.prepare<[number, number, Uint8Array]>(
        'INSERT OR IGNORE INTO vectors (space_id, content_id, embedding) VALUES (?, ?, ?)',
      ),
      vector: database.prepare<[number, number], VectorRow>(
        `SELECT seq, content_id AS contentId, embedding FROM vectors
         WHERE space_id = ? AND content_id = ?`,
      ),
      // Only contents that a photo holds now: the index has a point for these and no others.
      vectorsAfter: database.prepare<[number, number, number], VectorRow>(
        `SELECT seq, content_id AS contentId, embedding FROM vectors
         -- The plus keeps SQLite to the order of seq: by its index of spaces it sorts all that are left.
         WHERE +space_id = ? AND seq > ?
           AND EXISTS (SELECT 1 FROM photos WHERE photos.content_id = vectors.content_id)
         ORDER BY seq LIMIT ?`,
      ),
      liveIds: database.prepare<[number, number, number], { id: number }>(
        `SELECT content_id AS id FROM vectors WHERE space_id = ? AND content_id > ?
           AND EXISTS (SELECT 1 FROM photos WHERE photos.content_id = vectors.content_id)
         ORDER BY content_id LIMIT ?`,
      ),
      liveCount: database.prepare<[number], { count: number }>(
        `SELECT count(*) AS count FROM vectors WHERE space_id = ?
           AND EXISTS (SELECT 1 FROM photos WHERE photos.content_id = vectors.content_id)`,
      ),
      remove: database.prepare<[number], { sha256: string }>(
        'DELETE FROM content WHERE id = ? RETURNING sha256',
      ),
      removeUnused: database.prepare<[number]>(
        `DELETE FROM content WHERE id IN (
           SELECT id FROM content
           WHERE NOT EXISTS (SELECT 1 FROM photos WHERE content_id = content.id) LIMIT ?)`,
      ),
      addSpace: database.prepare<[string, number]>(
        'INSERT OR IGNORE INTO spaces (key, dimensions) VALUES (?, ?)',
      ),
      space: database.prepare<
        [string],
        { id: number; dimensions: number; indexedSeq: number; indexClean: number }
      >(
        `SELECT id, dimensions, indexed_seq AS indexedSeq, index_clean AS indexClean FROM spaces
         WHERE key = ?`,
      ),
      setIndexState: database.prepare<[number, number, number]>(
        'UPDATE spaces SET indexed_seq = ?, index_clean = ? WHERE id = ?',
      ),
      distrustOthers: database.prepare<[number]>('UPDATE spaces SET index_clean = 0 WHERE id <> ?'),
      photosWithVector: database.prepare<[string], { photos: number }>(
        `SELECT count(*) AS photos FROM photos
         JOIN vectors ON vectors.content_id = photos.content_id
           AND space_id = (SELECT id FROM spaces WHERE key = ?)
         WHERE state IN ('indexed', 'pending')`,
      ),
      removeVectors: database.prepare<[string, number]>(
        `DELETE FROM vectors WHERE seq IN (
           SELECT seq FROM vectors WHERE space_id = (SELECT id FROM spaces WHERE key = ?) LIMIT ?)`,
      ),
      removeSpace: database.prepare<[string]>('DELETE FROM spaces WHERE key = ?'),
      lastSeq: database.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM vectors'),
    };
  }

  /** The embedding space of a model in a precision, made at first use. */
  space(key: string, dimensions: number): Space {
    this.statements.addSpace.run(key, dimensions);
    const row = this.statements.space.get(key);
    if (!row) throw new Error(`the space ${key} was added and is not there`);
    return { ...row, indexClean: row.indexClean === 1 };
  }

  /**
   * SHA-256 of the contents of this size that have an embedding already; 'many' where more than
   * `most` contents are of this size.
   */
  embeddedOfSize(spaceId: number, bytes: number, most: number): string[] | 'many' {
    const rows = this.statements.ofSize.all(spaceId, bytes, most + 1);
    if (rows.length > most) return 'many';
    return rows.filter((row) => row.isEmbedded === 1).map((row) => row.sha256);
  }

  isEmbedded(spaceId: number, sha256: string): boolean {
    return this.statements.embedded.get(spaceId, sha256) !== undefined;
  }

  idOf(sha256: string): number | undefined {
    return this.statements.bySha.get(sha256)?.id;
  }

  /** Adds the content unless it is known; its id either way. */
  add(facts: ContentFacts): number {
    return this.idOf(facts.sha256) ?? this.statements.insert.run(...toRow(facts)).id;
  }

  /** @param embedding dimensions × float32, L2-normalised. */
  addVector(spaceId: number, contentId: number, embedding: Float32Array): void {
    this.statements.addVector.run(spaceId, contentId, toBytes(embedding));
  }

  vector(spaceId: number, contentId: number): Float32Array | undefined {
    const row = this.statements.vector.get(spaceId, contentId);
    return row && toFloats(row.embedding);
  }

  /** Vectors of contents that a photo holds now, in the order in which they came. */
  vectorsAfter(spaceId: number, seq: number, limit: number): StoredVector[] {
    return this.statements.vectorsAfter
      .all(spaceId, seq, limit)
      .map((row) => ({ ...row, embedding: toFloats(row.embedding) }));
  }

  /**
   * Contents that have a vector in this space and a photo that holds them: of the `limit` that follow
   * this one by id; 0 for the first.
   */
  liveIds(spaceId: number, after: number, limit: number): number[] {
    return this.statements.liveIds.all(spaceId, after, limit).map((row) => row.id);
  }

  liveCount(spaceId: number): number {
    return this.statements.liveCount.get(spaceId)?.count ?? 0;
  }

  lastSeq(): number {
    return this.statements.lastSeq.get()?.seq ?? 0;
  }

  /** What is known of the index: vectors up to `seq` lie in it; `clean`: and nothing else does. */
  setIndexState(spaceId: number, seq: number, clean: boolean): void {
    this.statements.setIndexState.run(seq, clean ? 1 : 0, spaceId);
  }

  /**
   * While one space is in use, photos come and go and the indexes of all others do not follow: they
   * are compared with the catalogue when they are opened next.
   */
  distrustOtherIndexes(spaceId: number): void {
    this.statements.distrustOthers.run(spaceId);
  }

  photosWithVector(spaceKey: string): number {
    return this.statements.photosWithVector.get(spaceKey)?.photos ?? 0;
  }

  /** Removes up to `limit` embeddings of a space; how many there were. */
  removeVectors(spaceKey: string, limit: number): number {
    return this.statements.removeVectors.run(spaceKey, limit).changes;
  }

  removeSpace(spaceKey: string): void {
    this.statements.removeSpace.run(spaceKey);
  }

  /** Forgets up to `limit` contents that no photo holds, and their embeddings; how many they were. */
  removeUnused(limit: number): number {
    return this.statements.removeUnused.run(limit).changes;
  }

  /** Forgets a content with its embeddings. Its SHA-256, for the thumbnail's sake. */
  remove(id: number): string | undefined {
    return this.statements.remove.get(id)?.sha256;
  }
}

function toRow(facts: ContentFacts): FactRow {
  return [
    facts.sha256,
    facts.bytes,
    facts.format,
    facts.width,
    facts.height,
    facts.orientation,
    facts.takenAt ?? null,
    facts.cameraMake ?? null,
    facts.cameraModel ?? null,
    facts.lens ?? null,
    facts.latitude ?? null,
    facts.longitude ?? null,
    facts.exposureSeconds ?? null,
    facts.fNumber ?? null,
    facts.iso ?? null,
    facts.focalLengthMm ?? null,
  ];
}

function toBytes(embedding: Float32Array): Uint8Array {
  return new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength);
}

function toFloats(bytes: Uint8Array): Float32Array {
  // A copy: the row's bytes need not start where a float may.
  return new Float32Array(bytes.slice().buffer);
}
