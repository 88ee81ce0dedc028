// The reads whose cost grows with the library, over a connection of their own that cannot write.
// They are asked for in reader.ts and answered in readerThread.ts.
import { randomUUID } from 'node:crypto';
import type { PhotoFilter } from '../../shared/library.ts';
import { Contents } from './contents.ts';
import { Database } from './database.ts';
import { Failures } from './failures.ts';
import { FilteredPhotos } from './filteredPhotos.ts';
import { Library } from './library.ts';
import { Names } from './names.ts';
import { Photos } from './photos.ts';
import { Roots } from './roots.ts';

/** Photos of a filter that are listed in a few milliseconds. */
const fewPhotos = 20_000;

/** See NameOptions. */
export interface NamesAsked {
  readonly limit: number;
  readonly near: readonly number[];
}

export function openReads(path: string) {
  const database = new Database(path, { readOnly: true });
  const library = new Library(database, new Failures(database));
  const filters = new FilteredPhotos(database);
  const photos = new Photos(database);
  const contents = new Contents(database);
  const names = new Names(database);
  const roots = new Roots(database);
  const opened = randomUUID();
  return {
    timeline: library.timeline.bind(library),
    photosOf: library.photosOf.bind(library),
    folders: library.folders.bind(library),
    facets: library.facets.bind(library),
    /** A text that is another one once something has been written. */
    version: () => `${opened} ${database.version()}`,
    /** How many photos a filter leaves at most, of how many. */
    leftAtMost: (filter: PhotoFilter) => ({ photos: filters.atMost(filter), all: filters.all() }),
    contentsLeft: filters.contents.bind(filters),
    holding: filters.holding.bind(filters),
    counts: photos.counts.bind(photos),
    countsIn: photos.countsIn.bind(photos),
    counted: roots.counted.bind(roots),
    liveIds: contents.liveIds.bind(contents),
    liveCount: contents.liveCount.bind(contents),
    photosWithVector: contents.photosWithVector.bind(contents),
    waitingEmbedded: photos.waitingEmbedded.bind(photos),
    unembedded: photos.unembedded.bind(photos),
    pathsAfter: photos.pathsAfter.bind(photos),
    /** @param filter leaves only these photos. */
    names(terms: readonly string[], { limit, near }: NamesAsked, filter?: PhotoFilter) {
      return names.match(terms, {
        limit,
        near: new Set(near),
        passing: filter && passingOf(filters, filter),
      });
    },
    named: names.matching.bind(names),
    close: database.close.bind(database),
  };
}

/** Listed once where they are few; else each is looked up. */
function passingOf(filters: FilteredPhotos, filter: PhotoFilter) {
  if (filters.atMost(filter) > fewPhotos) {
    return (ids: readonly number[]) => new Set(filters.passing(filter, ids));
  }
  const left = new Set(filters.photos(filter));
  return () => left;
}

export type Reads = ReturnType<typeof openReads>;
