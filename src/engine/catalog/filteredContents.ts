// The contents that a filter leaves, kept until something is written: people go on typing with the same
// filter, and to list a hundred thousand takes longer than to search among them.
import type { PhotoFilter } from '../../shared/library.ts';
import { Recent } from '../../shared/recent.ts';
import type { Reader } from './reader.ts';

/** Of as many filters; eight bytes for each content. */
const mostLists = 3;

export class FilteredContents {
  private readonly reader: Reader;
  private readonly lists = new Recent<Float64Array>(mostLists);

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /**
   * Ids, ascending; not to be changed.
   * @param version of the catalogue, as `leftAtMost` tells it.
   */
  left(filter: PhotoFilter, version: string): Promise<Float64Array> {
    const key = `${version} ${JSON.stringify(filter)}`;
    return this.lists.get(key, () => this.reader.read('contentsLeft', filter));
  }
}
