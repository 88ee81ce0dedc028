// Runs: when indexing took place and what its report said.
import { type RunReport, runReportSchema } from '../../shared/contract.ts';
import type { Database } from './database.ts';

export class Runs {
  private readonly statements;

  constructor(database: Database) {
    this.statements = {
      start: database.prepare<[number]>('INSERT INTO runs (started_at) VALUES (?)'),
      finish: database.prepare<[number, string, number]>(
        'UPDATE runs SET finished_at = ?, report = ? WHERE id = ?',
      ),
      latest: database.prepare<[number], { report: string }>(
        'SELECT report FROM runs WHERE report IS NOT NULL ORDER BY id DESC LIMIT ?',
      ),
    };
  }

  start(at: number): number {
    return this.statements.start.run(at).id;
  }

  finish(report: RunReport): void {
    this.statements.finish.run(report.finishedAt, JSON.stringify(report), report.id);
  }

  /** Runs that came to a report, the last one first; one that was killed has none. */
  latest(limit: number): RunReport[] {
    return this.statements.latest.all(limit).flatMap(({ report }) => {
      const parsed = runReportSchema.safeParse(JSON.parse(report));
      return parsed.success ? [parsed.data] : [];
    });
  }
}
