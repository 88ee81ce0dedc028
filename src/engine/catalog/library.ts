// The library as it is shown: by month, by folder, photo by photo; and what it can be narrowed to.
import { join, sep } from 'node:path';
import { errorKind } from '../../shared/errors.ts';
import {
  type Facets,
  type Folder,
  mostTiles,
  type PhotoDetails,
  type PhotoFilter,
  type PhotoTile,
  type TilePlace,
  type Timeline,
} from '../../shared/library.ts';
import type { Database, SqlValue } from './database.ts';
import type { Failures } from './failures.ts';

interface TileRow {
  id: number;
  name: string;
  sha256: string | null;
  date: string;
  width: number;
  height: number;
  state: PhotoTile['state'];
  online: number;
}

interface DetailsRow extends TileRow {
  folder: string;
  bytes: number;
  changedAt: number;
  contentId: number | null;
  format: string | null;
  takenAt: string | null;
  cameraMake: string | null;
  cameraModel: string | null;
  lens: string | null;
  latitude: number | null;
  longitude: number | null;
  exposureSeconds: number | null;
  fNumber: number | null;
  iso: number | null;
  focalLengthMm: number | null;
}

const tileColumns = `photos.id, name, sha256, date, coalesce(width, 0) AS width,
  coalesce(height, 0) AS height, photos.state, roots.state = 'online' AS online`;

const joins = `FROM photos JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id
  LEFT JOIN content ON content.id = content_id`;

/** Each condition holds where its parameter is null. Parameters: see filterValues. */
const filterConditions = `
  (?1 IS NULL OR folders.path = ?1 OR substr(folders.path, 1, length(?2)) = ?2)
  AND (?3 IS NULL OR date >= ?3)
  AND (?4 IS NULL OR date < ?4)
  AND (?5 IS NULL OR camera_model = ?5)
  AND (?6 IS NULL OR format = ?6)`;

type FilterValues = [SqlValue, SqlValue, SqlValue, SqlValue, SqlValue, SqlValue];

export class Library {
  private readonly statements;
  private readonly failures: Failures;

  constructor(database: Database, failures: Failures) {
    this.failures = failures;
    this.statements = {
      months: database.prepare<[], { month: string; photos: number }>(
        `SELECT substr(date, 1, 7) AS month, count(*) AS photos FROM photos
         GROUP BY month ORDER BY month DESC`,
      ),
      filteredMonths: database.prepare<FilterValues, { month: string; photos: number }>(
        `SELECT substr(date, 1, 7) AS month, count(*) AS photos ${joins}
         WHERE ${filterConditions} GROUP BY month ORDER BY month DESC`,
      ),
      month: database.prepare<[...FilterValues, string, string, number, number], TileRow>(
        `SELECT ${tileColumns} ${joins}
         WHERE ${filterConditions} AND date >= ?7 AND date <= ?8
           AND (date < ?8 OR photos.id < ?9)
         ORDER BY date DESC, photos.id DESC LIMIT ?10`,
      ),
      tile: database.prepare<[number], TileRow>(
        `SELECT ${tileColumns} ${joins} WHERE photos.id = ?`,
      ),
      matching: database.prepare<FilterValues, { id: number; contentId: number | null }>(
        `SELECT photos.id, content_id AS contentId ${joins} WHERE ${filterConditions}`,
      ),
      folders: database.prepare<[], Folder>(
        `SELECT folders.path, roots.path AS root, count(photos.id) AS photos
         FROM folders JOIN roots ON roots.id = root_id JOIN photos ON folder_id = folders.id
         GROUP BY folders.id ORDER BY folders.path`,
      ),
      details: database.prepare<[number], DetailsRow>(
        `SELECT ${tileColumns}, folders.path AS folder, photos.bytes, mtime_ms AS changedAt,
           content_id AS contentId, format, taken_at AS takenAt, camera_make AS cameraMake,
           camera_model AS cameraModel, lens, latitude, longitude,
           exposure_seconds AS exposureSeconds, f_number AS fNumber, iso,
           focal_length_mm AS focalLengthMm ${joins} WHERE photos.id = ?`,
      ),
      copies: database.prepare<[number, number], { folder: string; name: string }>(
        `SELECT path AS folder, name FROM photos JOIN folders ON folders.id = folder_id
         WHERE content_id = ? AND photos.id <> ? ORDER BY path, name`,
      ),
      cameras: database.prepare<[], { value: string; photos: number }>(
        `SELECT camera_model AS value, count(*) AS photos
         FROM content JOIN photos ON content_id = content.id
         WHERE camera_model IS NOT NULL GROUP BY value ORDER BY photos DESC, value LIMIT 100`,
      ),
      formats: database.prepare<[], { value: string; photos: number }>(
        `SELECT format AS value, count(*) AS photos
         FROM content JOIN photos ON content_id = content.id
         GROUP BY value ORDER BY photos DESC, value`,
      ),
      years: database.prepare<[], { value: string; photos: number }>(
        `SELECT substr(date, 1, 4) AS value, count(*) AS photos FROM photos
         GROUP BY value ORDER BY value DESC`,
      ),
    };
  }

  timeline(filter?: PhotoFilter): Timeline {
    const months = filter
      ? this.statements.filteredMonths.all(...filterValues(filter))
      : this.statements.months.all();
    return { months, photos: months.reduce((sum, { photos }) => sum + photos, 0) };
  }

  /**
   * Newest first, `mostTiles` at most.
   * @param month 'YYYY-MM'
   * @param from the photo after which to go on; from the newest where it is undefined.
   */
  photosOf(month: string, filter?: PhotoFilter, from?: TilePlace): PhotoTile[] {
    const { date, id } = from ?? { date: after(month), id: 0 };
    const values = filterValues(filter ?? {});
    return this.statements.month.all(...values, month, date, id, mostTiles).map(toTile);
  }

  tile(photoId: number): PhotoTile | undefined {
    const row = this.statements.tile.get(photoId);
    return row && toTile(row);
  }

  /** Ids of the photos that a filter leaves, and of their contents. */
  matching(filter: PhotoFilter): { photos: Set<number>; contents: number[] } {
    const rows = this.statements.matching.all(...filterValues(filter));
    return {
      photos: new Set(rows.map((row) => row.id)),
      contents: [...new Set(rows.flatMap((row) => row.contentId ?? []))],
    };
  }

  /** Folders with photos in them, by path. */
  folders(): Folder[] {
    return this.statements.folders.all().map((row) => ({ ...row }));
  }

  details(photoId: number): PhotoDetails | undefined {
    const row = this.statements.details.get(photoId);
    if (!row) return undefined;
    const { folder, contentId, online: _online, ...facts } = row;
    const copies = contentId === null ? [] : this.statements.copies.all(contentId, photoId);
    const failure = this.failures.of(photoId);
    return {
      ...(withoutNulls(facts) as Omit<PhotoDetails, 'path' | 'folder' | 'copies'>),
      ...toTile(row),
      path: join(folder, row.name),
      folder,
      copies: copies.map((copy) => join(copy.folder, copy.name)),
      ...(failure ? { problem: { ...failure, wayOut: errorKind(failure.code).wayOut } } : {}),
    };
  }

  facets(): Facets {
    const { cameras, formats, years } = this.statements;
    return { cameras: cameras.all(), formats: formats.all(), years: years.all() };
  }
}

function filterValues(filter: PhotoFilter): FilterValues {
  const { folder, from, to, camera, format } = filter;
  return [
    folder ?? null,
    folder === undefined ? null : folder.endsWith(sep) ? folder : folder + sep,
    from ?? null,
    to === undefined ? null : after(to),
    camera ?? null,
    format ?? null,
  ];
}

/** What sorts after every moment of a year, month or day. */
function after(period: string): string {
  return `${period}~`;
}

function toTile(row: TileRow): PhotoTile {
  const { id, name, sha256, date, width, height, state, online } = row;
  return { id, name, sha256, date, width, height, state, online: online === 1 };
}

function withoutNulls(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
