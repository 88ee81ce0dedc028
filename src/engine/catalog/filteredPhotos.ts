// Photos that a filter leaves. Which index SQLite takes decides whether that costs a millisecond or a
// second, and it cannot know how many photos there are of a camera or below a folder; the counts
// ([Note: Counts]) can. So the condition that leaves fewest drives the query, and the others, marked
// with a plus that keeps SQLite from their indexes, are checked photo by photo.
import { sep } from 'node:path';
import type { PhotoFilter } from '../../shared/library.ts';
import type { Database, SqlValue, Statement } from './database.ts';

interface Condition {
  readonly column: 'folder_id' | 'date' | 'camera_model' | 'format';
  /** Of the column, which it is given. */
  sql(column: string): string;
  readonly values: readonly SqlValue[];
  /** At most so many photos are left. */
  photos(): number;
}

/** The parts of a query around the filter's conditions. */
export interface FilteredQuery {
  readonly select: string;
  /** Further conditions, and what follows them. */
  readonly where?: string;
  readonly rest?: string;
  /** Of `select`, of `where`, of `rest`. */
  readonly values?: readonly [
    select?: readonly SqlValue[],
    where?: readonly SqlValue[],
    rest?: readonly SqlValue[],
  ];
  /** Whether something else finds the photos, and the filter only leaves out some of them. */
  readonly driven?: boolean;
}

const foldersWithin = 'SELECT id FROM folders WHERE path = ? OR (path >= ? AND path < ?)';

export class FilteredPhotos {
  private readonly database: Database;
  private readonly prepared = new Map<string, Statement<SqlValue[], unknown>>();

  constructor(database: Database) {
    this.database = database;
  }

  /** @param query whose `select` has the photos, and their content where it is known. */
  rows<Row>(filter: PhotoFilter, query: FilteredQuery): Row[] {
    const { select, where, rest = '', values = [], driven = false } = query;
    const conditions = this.conditionsOf(filter);
    const driver = driven ? undefined : narrowest(conditions);
    const all = [
      ...conditions.map((condition) =>
        condition.sql(condition === driver ? condition.column : `+${condition.column}`),
      ),
      ...(where === undefined ? [] : [where]),
    ];
    const sql = `${select} ${all.length > 0 ? `WHERE ${all.join(' AND ')}` : ''} ${rest}`;
    return this.statement<Row>(sql).all(
      ...(values[0] ?? []),
      ...conditions.flatMap((condition) => condition.values),
      ...(values[1] ?? []),
      ...(values[2] ?? []),
    );
  }

  /** Photos a month, newest first. */
  months(filter: PhotoFilter): { month: string; photos: number }[] {
    return this.rows(filter, {
      select: `SELECT substr(date, 1, 7) AS month, count(*) AS photos ${this.from(filter)}`,
      rest: 'GROUP BY month ORDER BY month DESC',
    });
  }

  /** How many photos there are, of those that were indexed. */
  all(): number {
    return this.sum('SELECT sum(photos) AS photos FROM format_counts', []);
  }

  /** How many photos are left at most: as many as the narrowest condition leaves. */
  atMost(filter: PhotoFilter): number {
    return narrowest(this.conditionsOf(filter))?.photos() ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Ids of all contents of the photos that are left, each once, ascending. Where nothing is asked of
   * the photos themselves, also of contents whose photos are gone: ten times as fast, for whoever looks
   * the photos up anyway.
   */
  contents(filter: PhotoFilter): Float64Array {
    const { folder, from, to } = filter;
    if ([folder, from, to].some((part) => part !== undefined)) {
      // SQLite takes four times as long to see to it that each is there once.
      return sortedOnce(this.ids(filter, 'content_id', 'content_id IS NOT NULL'));
    }
    const select = 'SELECT json_group_array(id) AS ids FROM content';
    return sortedOnce(numbers(this.rows<{ ids: string }>(filter, { select })[0]?.ids));
  }

  /** Ids of all photos that are left. */
  photos(filter: PhotoFilter): number[] {
    return this.ids(filter, 'photos.id');
  }

  /** Those of the photos that are left. */
  passing(filter: PhotoFilter, photoIds: readonly number[]): number[] {
    const where = 'photos.id IN (SELECT value FROM json_each(?))';
    return this.ids(filter, 'photos.id', where, photoIds);
  }

  /**
   * The photos that hold these contents and are left, as pairs in two lists; by id.
   * @param listed whether the contents are some of those that `contents` lists for the filter. What it
   * asks of contents is not looked up again then, which would take most of the time.
   */
  holding(
    filter: PhotoFilter,
    contentIds: readonly number[],
    listed = false,
  ): { photos: number[]; contents: number[] } {
    const asked = listed ? ofPhotos(filter) : filter;
    // Two texts: a row for each of a thousand photos would cost twice as much as the search itself.
    const [row] = this.rows<{ photos: string; contents: string }>(asked, {
      select: `SELECT json_group_array(id) AS photos, json_group_array(content_id) AS contents
        FROM (SELECT photos.id, content_id ${this.from(asked)}`,
      where: 'content_id IN (SELECT value FROM json_each(?))',
      rest: 'ORDER BY photos.id)',
      values: [[], [JSON.stringify(contentIds)]],
      driven: true,
    });
    return { photos: numbers(row?.photos), contents: numbers(row?.contents) };
  }

  private ids(
    filter: PhotoFilter,
    column: string,
    where?: string,
    among?: readonly number[],
  ): number[] {
    const [row] = this.rows<{ ids: string }>(filter, {
      select: `SELECT json_group_array(id) AS ids FROM (SELECT ${column} AS id ${this.from(filter)}`,
      ...(where === undefined ? {} : { where }),
      rest: ')',
      values: [[], among ? [JSON.stringify(among)] : []],
      driven: among !== undefined,
    });
    return numbers(row?.ids);
  }

  /** The content is looked up only where something is asked of it. */
  private from({ camera, format }: PhotoFilter): string {
    const ofContent = camera !== undefined || format !== undefined;
    return `FROM photos ${ofContent ? 'JOIN content ON content.id = content_id' : ''}`;
  }

  private conditionsOf({ folder, from, to, camera, format }: PhotoFilter): Condition[] {
    const conditions: Condition[] = [];
    if (folder !== undefined) conditions.push(this.within(folder));
    if (from !== undefined || to !== undefined) conditions.push(this.between(from, to));
    if (camera !== undefined) conditions.push(this.equal('camera_model', 'camera_counts', camera));
    if (format !== undefined) conditions.push(this.equal('format', 'format_counts', format));
    return conditions;
  }

  private within(folder: string): Condition {
    const below = folder.endsWith(sep) ? folder : folder + sep;
    // Up to what sorts after every path that begins so.
    const end = below.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1);
    const values = [folder, below, end];
    return {
      column: 'folder_id',
      sql: (column) => `${column} IN (${foldersWithin})`,
      values,
      photos: () =>
        this.sum(
          `SELECT sum(photos) AS photos FROM folder_counts WHERE folder_id IN (${foldersWithin})`,
          values,
        ),
    };
  }

  private between(from = '', to?: string): Condition {
    const end = to === undefined ? '~' : after(to);
    const lastMonth = to === undefined ? '~' : after(to.slice(0, 7));
    return {
      column: 'date',
      sql: (column) => `${column} >= ? AND ${column} < ?`,
      values: [from, end],
      photos: () =>
        this.sum('SELECT sum(photos) AS photos FROM month_counts WHERE month >= ? AND month < ?', [
          from.slice(0, 7),
          lastMonth,
        ]),
    };
  }

  private equal(
    column: 'camera_model' | 'format',
    table: 'camera_counts' | 'format_counts',
    value: string,
  ): Condition {
    return {
      column,
      sql: (name) => `${name} = ?`,
      values: [value],
      photos: () =>
        this.sum(`SELECT sum(photos) AS photos FROM ${table} WHERE ${column} = ?`, [value]),
    };
  }

  private sum(sql: string, values: readonly SqlValue[]): number {
    return this.statement<{ photos: number | null }>(sql).get(...values)?.photos ?? 0;
  }

  /** There are a few dozen shapes of filters. */
  private statement<Row>(sql: string): Statement<SqlValue[], Row> {
    let statement = this.prepared.get(sql);
    if (!statement) {
      statement = this.database.prepare<SqlValue[], unknown>(sql);
      this.prepared.set(sql, statement);
    }
    return statement as Statement<SqlValue[], Row>;
  }
}

/** What is asked of the photos themselves, not of their contents. */
function ofPhotos({ camera: _, format: __, ...filter }: PhotoFilter): PhotoFilter {
  return filter;
}

/** What sorts after every moment of a year, month or day. */
export function after(period: string): string {
  return `${period}~`;
}

function narrowest(conditions: readonly Condition[]): Condition | undefined {
  if (conditions.length < 2) return conditions[0];
  const counted = conditions.map((condition) => ({ condition, photos: condition.photos() }));
  return counted.sort((a, b) => a.photos - b.photos)[0]?.condition;
}

function sortedOnce(ids: readonly number[]): Float64Array {
  const sorted = Float64Array.from(ids).sort();
  return sorted.filter((id, i) => id !== sorted[i - 1]);
}

function numbers(json: string | undefined): number[] {
  return JSON.parse(json ?? '[]') as number[];
}
