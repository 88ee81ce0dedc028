// The catalogue's tables, as the steps that lead to them. A step that has shipped is never edited;
// PRAGMA user_version counts the steps that a file has seen.
import { OcelliError } from '../../shared/errors.ts';
import type { Database } from './database.ts';

const steps: readonly string[] = [
  `
  CREATE TABLE roots (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('online', 'offline')),
    last_scan_at INTEGER
  ) STRICT;

  CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    root_id INTEGER NOT NULL REFERENCES roots ON DELETE CASCADE,
    path TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE INDEX folders_root ON folders (root_id);

  -- What a file holds, whatever its name. Ids are never used again: the index knows points by them.
  CREATE TABLE content (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    taken_at TEXT,
    camera_make TEXT,
    camera_model TEXT,
    lens TEXT,
    latitude REAL,
    longitude REAL,
    exposure_seconds REAL,
    f_number REAL,
    iso REAL,
    focal_length_mm REAL
  ) STRICT;
  CREATE INDEX content_bytes ON content (bytes);

  CREATE TABLE photos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    inode INTEGER,
    -- Local time, 'YYYY-MM-DDTHH:MM:SS': taken, or else changed. What the timeline is sorted by.
    date TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'indexed', 'failed', 'skipped')),
    content_id INTEGER REFERENCES content,
    UNIQUE (folder_id, name)
  ) STRICT;
  CREATE INDEX photos_state ON photos (state);
  CREATE INDEX photos_date ON photos (date);
  CREATE INDEX photos_content ON photos (content_id);
  CREATE INDEX photos_inode ON photos (inode, bytes);

  CREATE TABLE failures (
    photo_id INTEGER PRIMARY KEY REFERENCES photos ON DELETE CASCADE,
    stage TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;

  -- A model in a precision: what makes two embeddings comparable.
  CREATE TABLE spaces (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL,
    -- Vectors up to this seq are known to lie in the index, flushed.
    indexed_seq INTEGER NOT NULL DEFAULT 0,
    -- 1 while the index was closed in order and agrees with the catalogue.
    index_clean INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  -- embedding: float32, little endian, L2-normalised.
  CREATE TABLE vectors (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    space_id INTEGER NOT NULL REFERENCES spaces ON DELETE CASCADE,
    content_id INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
    embedding BLOB NOT NULL,
    UNIQUE (space_id, content_id)
  ) STRICT;
  CREATE INDEX vectors_content ON vectors (content_id);

  -- One row, JSON: what people have set.
  CREATE TABLE settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    value TEXT NOT NULL
  ) STRICT;

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    report TEXT
  ) STRICT;

  -- rowid = photos.id. Contentless: the words are already in photos and folders.
  CREATE VIRTUAL TABLE photo_names USING fts5 (
    file, folder,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
  );
  `,
  // [Note: Counts] How many photos there are of each kind, kept by triggers with every write: to count
  // them anew costs a second where there are a million. Rows whose photos are all gone stay, with 0.
  `
  CREATE TABLE folder_counts (
    folder_id INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE,
    state TEXT NOT NULL,
    photos INTEGER NOT NULL,
    PRIMARY KEY (folder_id, state)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE month_counts (
    month TEXT PRIMARY KEY,
    photos INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE camera_counts (
    camera_model TEXT PRIMARY KEY,
    photos INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE format_counts (
    format TEXT PRIMARY KEY,
    photos INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  INSERT INTO folder_counts SELECT folder_id, state, count(*) FROM photos GROUP BY 1, 2;
  INSERT INTO month_counts SELECT substr(date, 1, 7), count(*) FROM photos GROUP BY 1;
  INSERT INTO camera_counts SELECT camera_model, count(*)
    FROM photos JOIN content ON content.id = content_id WHERE camera_model IS NOT NULL GROUP BY 1;
  INSERT INTO format_counts SELECT format, count(*)
    FROM photos JOIN content ON content.id = content_id GROUP BY 1;

  CREATE TRIGGER photos_counted AFTER INSERT ON photos BEGIN
    INSERT INTO folder_counts VALUES (new.folder_id, new.state, 1)
      ON CONFLICT DO UPDATE SET photos = photos + 1;
    INSERT INTO month_counts VALUES (substr(new.date, 1, 7), 1)
      ON CONFLICT DO UPDATE SET photos = photos + 1;
    INSERT INTO camera_counts SELECT camera_model, 1 FROM content
      WHERE id = new.content_id AND camera_model IS NOT NULL
      ON CONFLICT DO UPDATE SET photos = photos + 1;
    INSERT INTO format_counts SELECT format, 1 FROM content WHERE id = new.content_id
      ON CONFLICT DO UPDATE SET photos = photos + 1;
  END;
  CREATE TRIGGER photos_uncounted AFTER DELETE ON photos BEGIN
    UPDATE folder_counts SET photos = photos - 1
      WHERE folder_id = old.folder_id AND state = old.state;
    UPDATE month_counts SET photos = photos - 1 WHERE month = substr(old.date, 1, 7);
    UPDATE camera_counts SET photos = photos - 1
      WHERE camera_model = (SELECT camera_model FROM content WHERE id = old.content_id);
    UPDATE format_counts SET photos = photos - 1
      WHERE format = (SELECT format FROM content WHERE id = old.content_id);
  END;
  CREATE TRIGGER photos_recounted AFTER UPDATE OF folder_id, state ON photos
  WHEN old.folder_id <> new.folder_id OR old.state <> new.state BEGIN
    UPDATE folder_counts SET photos = photos - 1
      WHERE folder_id = old.folder_id AND state = old.state;
    INSERT INTO folder_counts VALUES (new.folder_id, new.state, 1)
      ON CONFLICT DO UPDATE SET photos = photos + 1;
  END;
  CREATE TRIGGER photos_redated AFTER UPDATE OF date ON photos
  WHEN substr(old.date, 1, 7) <> substr(new.date, 1, 7) BEGIN
    UPDATE month_counts SET photos = photos - 1 WHERE month = substr(old.date, 1, 7);
    INSERT INTO month_counts VALUES (substr(new.date, 1, 7), 1)
      ON CONFLICT DO UPDATE SET photos = photos + 1;
  END;
  CREATE TRIGGER photos_known AFTER UPDATE OF content_id ON photos
  WHEN old.content_id IS NOT new.content_id BEGIN
    UPDATE camera_counts SET photos = photos - 1
      WHERE camera_model = (SELECT camera_model FROM content WHERE id = old.content_id);
    UPDATE format_counts SET photos = photos - 1
      WHERE format = (SELECT format FROM content WHERE id = old.content_id);
    INSERT INTO camera_counts SELECT camera_model, 1 FROM content
      WHERE id = new.content_id AND camera_model IS NOT NULL
      ON CONFLICT DO UPDATE SET photos = photos + 1;
    INSERT INTO format_counts SELECT format, 1 FROM content WHERE id = new.content_id
      ON CONFLICT DO UPDATE SET photos = photos + 1;
  END;

  CREATE INDEX content_camera ON content (camera_model) WHERE camera_model IS NOT NULL;
  CREATE INDEX content_format ON content (format);
  `,
  // Filters by date and folder are answered from these indexes alone: a row of its own for each of
  // thousands of photos took longer than the search that it narrows.
  //
  // FTS5 would merge names as soon as a tenth of them is deleted, all at once, and hold up whoever
  // forgets a folder by a third of a second; they go when names that come are merged with them.
  //
  // RAW photos are looked into since this step: what was skipped as a kind that Ocelli does not know
  // is looked at again.
  `
  DROP INDEX photos_date;
  CREATE INDEX photos_date ON photos (date, content_id);
  DROP INDEX photos_content;
  CREATE INDEX photos_content ON photos (content_id, folder_id, date);
  INSERT INTO photo_names (photo_names, rank) VALUES ('deletemerge', 0);
  UPDATE photos SET state = 'pending' WHERE state = 'skipped'
    AND id IN (SELECT photo_id FROM failures WHERE code = 'FORMAT_UNSUPPORTED');
  `,
  // HEIC photos are decoded since this step, and looked at again in the same way.
  `
  UPDATE photos SET state = 'pending' WHERE state = 'skipped'
    AND id IN (SELECT photo_id FROM failures WHERE code = 'FORMAT_UNSUPPORTED');
  `,
];

/** @throws DATA_NEWER where a newer Ocelli has been at the file. */
export function migrate(database: Database, path: string): void {
  const row = database.prepare<[], { user_version: number }>('PRAGMA user_version').get();
  const version = row?.user_version ?? 0;
  if (version > steps.length) {
    throw new OcelliError(
      'DATA_NEWER',
      `${path} was written by a newer Ocelli (version ${version} of the catalogue; this one knows ${steps.length}).`,
    );
  }
  for (const [offset, sql] of steps.slice(version).entries()) {
    database.transaction(() => {
      database.exec(sql);
      database.exec(`PRAGMA user_version = ${version + offset + 1}`);
    });
  }
}
