// What a point carries so that a search can be narrowed in the index, and a filter as a condition on it.
//
// [Note: Keywords only] The index links points that share a keyword to each other, so that a walk which may
// step on these alone comes to all of them. Of numbers it would do so for ranges, which overlap and are
// the more the more photos there are: the graph of a million took more than five times as long. So dates
// are keywords (periods.ts), and so are folders: one for each at or above a photo, by the hash of its path.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Filter, PayloadIndexType } from '../../../native/index.mjs';
import type { PhotoFilter } from '../../shared/library.ts';
import type { Traits } from '../../shared/traits.ts';
import { byYear, periodsBetween, periodsOf } from './periods.ts';

export interface Payload {
  readonly camera?: string;
  readonly format: string;
  /** Of each photo that holds the content: its century, year and day (periods.ts). */
  readonly dates: readonly string[];
  readonly folders: readonly string[];
}

/** By what each field is indexed. An index that lacks one was written by another version. */
export const payloadIndexes: Readonly<Record<keyof Payload, PayloadIndexType>> = {
  camera: 'keyword',
  format: 'keyword',
  dates: 'keyword',
  folders: 'keyword',
};

export function payloadOf({ camera, format, dates, folders }: Traits): Payload {
  return {
    ...(camera === null ? {} : { camera }),
    format,
    dates: [...new Set(dates.flatMap(periodsOf))],
    folders: [...new Set(folders.flatMap((folder) => hashesFrom(folder)))],
  };
}

/**
 * A span of few years is searched year by year: each is linked in itself and hardly to the others, and a
 * walk over all of a tenth of a million found 94 of the 100 best.
 */
const mostYears = 4;

/** One of them holds for every point of which a photo may be left by the filter; some hold for none. */
export function conditionsOf(filter: PhotoFilter): Filter[] {
  const { from, to } = filter;
  const must = withoutDates(filter);
  if (from === undefined && to === undefined) return [{ must }];
  const periods = periodsBetween(from, to);
  const years = byYear(periods);
  return (years.length > mostYears ? [periods] : years).map((any) => ({
    must: [...must, { key: 'dates', match: { any } }],
  }));
}

function withoutDates({ folder, camera, format }: PhotoFilter): object[] {
  const must: object[] = [];
  if (camera !== undefined) must.push({ key: 'camera', match: { value: camera } });
  if (format !== undefined) must.push({ key: 'format', match: { value: format } });
  if (folder !== undefined) {
    must.push({ key: 'folders', match: { value: hashOf(withoutEnd(folder)) } });
  }
  return must;
}

/** Photos come by the folder; this many are remembered. */
const mostRemembered = 1000;
const remembered = new Map<string, readonly string[]>();

/** Of the folder and of all above it. */
function hashesFrom(folder: string): readonly string[] {
  const known = remembered.get(folder);
  if (known) return known;
  const hashes: string[] = [];
  let path = folder;
  for (;;) {
    hashes.push(hashOf(path));
    const above = dirname(path);
    if (above === path) break;
    path = above;
  }
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(folder, hashes);
  return hashes;
}

/** 48 bits of the path's SHA-256. Should two folders ever share one, their photos are looked up anyway. */
function hashOf(path: string): string {
  return createHash('sha256').update(path).digest('base64url').slice(0, 8);
}

/** A root ('/', 'C:\') keeps its end. */
function withoutEnd(folder: string): string {
  return dirname(folder) === folder ? folder : folder.replace(/[/\\]+$/, '');
}
