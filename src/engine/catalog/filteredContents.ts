// The contents that filters leave, listed and kept until something is written: people go on typing with
// the same filter, and to list half a million takes a hundred times as long as to search among them.
import type { PhotoFilter } from '../../shared/library.ts';
import { Recent } from '../../shared/recent.ts';
import { Reader } from './reader.ts';

/** The last search that did without a list. */
interface Missed {
  readonly key: string;
  readonly vector: Float32Array;
}

/** Of as many filters; eight bytes for each content. */
const mostLists = 3;

export class FilteredContents {
  private readonly path: string;
  private readonly reader: Reader;
  private readonly lists = new Recent<Float64Array>(mostLists);
  private missed: Missed | undefined;
  private listing: Promise<void> | undefined;

  /** @param path of the catalogue. @param reader for lists that are waited for. */
  constructor(path: string, reader: Reader) {
    this.path = path;
    this.reader = reader;
  }

  /**
   * Ids, ascending; not to be changed.
   * @param version of the catalogue, as the reader tells it.
   */
  left(filter: PhotoFilter, version: string): Promise<Float64Array> {
    const list = () => this.reader.read('contentsLeft', filter);
    return this.lists.get(keyOf(filter, version), list);
  }

  /**
   * The same where it has been listed already. Not for a search that began without it: its pages are
   * to be cut from one list.
   * @param vector of what is searched for.
   */
  known(filter: PhotoFilter, version: string, vector: Float32Array): Float64Array | undefined {
    const key = keyOf(filter, version);
    const { missed } = this;
    if (missed?.key === key && isSame(missed.vector, vector)) return undefined;
    return this.lists.known(key);
  }

  /**
   * To be told of each search that would have been quicker with the list. The second has it made, so
   * that nothing is listed for a single search, nor while photos are written all the time.
   */
  miss(filter: PhotoFilter, version: string, vector: Float32Array): void {
    const key = keyOf(filter, version);
    if (this.missed?.key === key) this.listing ??= this.listBeside(key, filter);
    this.missed = { key, vector };
  }

  /** When no list is being made beside searches. */
  async settled(): Promise<void> {
    await this.listing;
  }

  /** In a thread of its own, which no other read waits for. */
  private async listBeside(key: string, filter: PhotoFilter): Promise<void> {
    const reader = new Reader(this.path);
    try {
      await this.lists.get(key, () => reader.read('contentsLeft', filter));
    } catch {
      // Searches do without; whatever keeps the catalogue from being read, they tell.
    } finally {
      await reader.close();
      this.listing = undefined;
    }
  }
}

function keyOf(filter: PhotoFilter, version: string): string {
  return `${version} ${JSON.stringify(filter)}`;
}

function isSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((number, i) => number === other[i]);
}
