// The library as it is shown: by month, by folder, photo by photo; and what it can be narrowed to.
import { join } from 'node:path';
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
import type { Database } from './database.ts';
import type { Failures } from './failures.ts';
import { after, FilteredPhotos } from './filteredPhotos.ts';

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

export class Library {
  private readonly statements;
  private readonly failures: Failures;
  private readonly filters: FilteredPhotos;

  constructor(database: Database, failures: Failures) {
    this.failures = failures;
    this.filters = new FilteredPhotos(database);
    this.statements = {
      months: database.prepare<[], { month: string; photos: number }>(
        'SELECT month, photos FROM month_counts WHERE photos > 0 ORDER BY month DESC',
      ),
      tile: database.prepare<[number], TileRow>(
        `SELECT ${tileColumns} ${joins} WHERE photos.id = ?`,
      ),
      folders: database.prepare<[], Folder>(
        `SELECT folders.path, roots.path AS root, sum(photos) AS photos
         FROM folder_counts JOIN folders ON folders.id = folder_id JOIN roots ON roots.id = root_id
         WHERE photos > 0 GROUP BY folder_id ORDER BY folders.path`,
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
        `SELECT camera_model AS value, photos FROM camera_counts
         WHERE photos > 0 ORDER BY photos DESC, value LIMIT 100`,
      ),
      formats: database.prepare<[], { value: string; photos: number }>(
        `SELECT format AS value, photos FROM format_counts
         WHERE photos > 0 ORDER BY photos DESC, value`,
      ),
      years: database.prepare<[], { value: string; photos: number }>(
        `SELECT substr(month, 1, 4) AS value, sum(photos) AS photos FROM month_counts
         WHERE photos > 0 GROUP BY value ORDER BY value DESC`,
      ),
    };
  }

  timeline(filter?: PhotoFilter): Timeline {
    const months = filter ? this.filters.months(filter) : this.statements.months.all();
    return { months, photos: months.reduce((sum, { photos }) => sum + photos, 0) };
  }

  /**
   * Newest first, `mostTiles` at most.
   * @param month 'YYYY-MM'
   * @param from the photo after which to go on; from the newest where it is undefined.
   */
  photosOf(month: string, filter?: PhotoFilter, from?: TilePlace): PhotoTile[] {
    const { date, id } = from ?? { date: after(month), id: 0 };
    return this.filters
      .rows<TileRow>(filter ?? {}, {
        select: `SELECT ${tileColumns} ${joins}`,
        where: 'date >= ? AND date <= ? AND (date < ? OR photos.id < ?)',
        rest: 'ORDER BY date DESC, photos.id DESC LIMIT ?',
        values: [[], [month, date, date, id], [mostTiles]],
        driven: true,
      })
      .map(toTile);
  }

  tile(photoId: number): PhotoTile | undefined {
    const row = this.statements.tile.get(photoId);
    return row && toTile(row);
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

function toTile(row: TileRow): PhotoTile {
  const { id, name, sha256, date, width, height, state, online } = row;
  return { id, name, sha256, date, width, height, state, online: online === 1 };
}

function withoutNulls(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
