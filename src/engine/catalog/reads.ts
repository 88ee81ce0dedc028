// The reads whose cost grows with the library, over a connection of their own that cannot write.
// They are asked for in reader.ts and answered in readerThread.ts.
import type { PhotoFilter } from '../../shared/library.ts';
import { Database } from './database.ts';
import { Failures } from './failures.ts';
import { Library } from './library.ts';
import { Names } from './names.ts';
import { Photos } from './photos.ts';
import { Roots } from './roots.ts';

/** What is small beside the writer's: the pages of the indexes that counts are made from. */
const cacheKiB = 16_384;

/** See NameOptions. */
export interface NamesAsked {
  readonly limit: number;
  readonly near: readonly number[];
}

export function openReads(path: string) {
  const database = new Database(path, { readOnly: true, cacheKiB });
  const library = new Library(database, new Failures(database));
  const photos = new Photos(database);
  const names = new Names(database);
  const roots = new Roots(database);
  return {
    timeline: library.timeline.bind(library),
    photosOf: library.photosOf.bind(library),
    folders: library.folders.bind(library),
    facets: library.facets.bind(library),
    matching: library.matching.bind(library),
    counts: photos.counts.bind(photos),
    countsIn: photos.countsIn.bind(photos),
    counted: roots.counted.bind(roots),
    waitingEmbedded: photos.waitingEmbedded.bind(photos),
    unembedded: photos.unembedded.bind(photos),
    pathsAfter: photos.pathsAfter.bind(photos),
    /** @param filter leaves only these photos. */
    names(terms: readonly string[], { limit, near }: NamesAsked, filter?: PhotoFilter) {
      const among = filter && library.matching(filter).photos;
      return names.match(terms, { limit, near: new Set(near), among });
    },
    named: names.matching.bind(names),
    close: database.close.bind(database),
  };
}

export type Reads = ReturnType<typeof openReads>;
