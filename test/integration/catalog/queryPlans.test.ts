// What is asked for each photo of a run must not grow with the library: SQLite says which way it
// would take.
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { Catalog } from '../../../src/engine/catalog/catalog.ts';
import { Database, type Statement } from '../../../src/engine/catalog/database.ts';
import { FilteredPhotos } from '../../../src/engine/catalog/filteredPhotos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const folder = temporaryFolder();

afterEach(() => vi.restoreAllMocks());

/** Statements that a catalogue prepares, and the file that they are for. */
async function prepared(): Promise<{ statements: string[]; path: string }> {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const catalog = Catalog.open(folder);
  const statements = prepare.mock.calls.map(([sql]) => sql);
  await catalog.reader.close();
  catalog.close();
  vi.restoreAllMocks();
  return { statements, path: join(folder, 'catalog.sqlite') };
}

function planOf(database: Database, sql: string): string[] {
  const explained: Statement<null[], { detail: string }> = database.prepare(
    `EXPLAIN QUERY PLAN ${sql}`,
  );
  const parameters = Array.from(sql.matchAll(/\?/g), () => null);
  return explained.all(...parameters).map(({ detail }) => detail);
}

it('reads what filters by date and folder ask for from indexes, and no photo for it', async () => {
  const { path } = await prepared();
  const database = new Database(path, { readOnly: true });
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const filters = new FilteredPhotos(database);
  const span = { from: '2024-01', to: '2024-03' };
  filters.contents(span);
  filters.holding(span, [1]);
  filters.holding({ folder: '/photos' }, [1]);
  const reads = prepare.mock.calls.map(([sql]) => sql).filter((sql) => /FROM photos/.test(sql));
  vi.restoreAllMocks();
  const plans = reads.map((sql) => planOf(database, sql).join('\n'));
  database.close();
  expect(plans).toHaveLength(3);
  const [dates, ...held] = plans;
  expect(dates).toContain('SEARCH photos USING COVERING INDEX photos_date');
  for (const plan of held) {
    expect(plan).toContain('SEARCH photos USING COVERING INDEX photos_content');
  }
});

it('looks for contents of a size by that size, and for each embedding by its content', async () => {
  const { statements, path } = await prepared();
  const database = new Database(path, { readOnly: true });
  const ofContents = statements.filter((sql) => /^\s*SELECT[^;]*FROM content WHERE/.test(sql));
  const plans = ofContents.map((sql) => planOf(database, sql).join('\n'));
  database.close();
  expect(plans.length).toBeGreaterThanOrEqual(3);
  for (const plan of plans) {
    expect(plan).toContain('SEARCH content');
    expect(plan).not.toContain('SCAN');
    expect(plan).not.toMatch(/vectors.*\(space_id=\?\)/);
  }
});
