// Photos that could not be indexed: at which stage, with which code, how often it was tried.
import { join } from 'node:path';
import type { Failure } from '../../shared/contract.ts';
import { type ErrorCode, errorKind, type PlainError } from '../../shared/errors.ts';
import type { Database } from './database.ts';

export type FailureStage = Failure['stage'];

interface FailureRow {
  photo: number;
  folder: string;
  name: string;
  state: 'failed' | 'skipped';
  stage: FailureStage;
  code: ErrorCode;
  message: string;
  attempts: number;
  at: number;
}

export class Failures {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      record: database.prepare<[number, string, string, string, number]>(
        `INSERT INTO failures (photo_id, stage, code, message, attempts, at)
         VALUES (?, ?, ?, ?, 1, ?)
         ON CONFLICT (photo_id) DO UPDATE SET stage = excluded.stage, code = excluded.code,
           message = excluded.message, attempts = attempts + 1, at = excluded.at`,
      ),
      clear: database.prepare<[number]>('DELETE FROM failures WHERE photo_id = ?'),
      requeueFailed: database.prepare<[string]>(
        // What the scan itself has found wrong, it will judge again: decoders know less of it.
        `UPDATE photos SET state = 'pending' WHERE state = 'failed' AND folder_id IN (
           SELECT id FROM folders WHERE root_id IN (SELECT value FROM json_each(?)))
         AND NOT EXISTS (
           SELECT 1 FROM failures WHERE photo_id = photos.id AND stage = 'scan')`,
      ),
      get: database.prepare<[number], { code: ErrorCode; message: string }>(
        'SELECT code, message FROM failures WHERE photo_id = ?',
      ),
      list: database.prepare<[number, number], FailureRow>(
        `SELECT photo_id AS photo, path AS folder, name, state, stage, code, message, attempts, at
         FROM failures JOIN photos ON photos.id = photo_id JOIN folders ON folders.id = folder_id
         WHERE state IN ('failed', 'skipped')
         ORDER BY state, path, name LIMIT ? OFFSET ?`,
      ),
    };
  }

  record(photoId: number, stage: FailureStage, error: PlainError, at: number): void {
    this.statements.record.run(photoId, stage, error.code, error.message, at);
  }

  clear(photoId: number): void {
    this.statements.clear.run(photoId);
  }

  of(photoId: number): { code: ErrorCode; message: string } | undefined {
    return this.statements.get.get(photoId);
  }

  /** Every failed photo of these roots becomes pending again. What was skipped stays skipped. */
  requeueFailed(rootIds: readonly number[]): number {
    return this.statements.requeueFailed.run(JSON.stringify(rootIds)).changes;
  }

  list(limit: number, offset: number): Failure[] {
    return this.statements.list.all(limit, offset).map((row) => ({
      photo: row.photo,
      path: join(row.folder, row.name),
      outcome: row.state,
      stage: row.stage,
      code: row.code,
      message: row.message,
      wayOut: errorKind(row.code).wayOut,
      attempts: row.attempts,
      at: row.at,
    }));
  }
}
