// What a scan tells of files and folders, without having opened any.
import type { PlainError } from './errors.ts';

export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970, with fractions. */
  readonly mtimeMs: number;
  /** Null where the file system's number does not fit a JavaScript integer. */
  readonly inode: number | null;
}

export interface FoundFile extends FileFacts {
  /** Why it cannot be read, where the scan knows that already (a link that leads nowhere …). */
  readonly problem?: PlainError;
}

/** One folder's photos; of a folder that could not be read, why. */
export type FolderListing =
  | { readonly folder: string; readonly files: readonly FoundFile[] }
  | { readonly folder: string; readonly unreadable: string };
