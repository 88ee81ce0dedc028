// Where in the data folder a content's thumbnail lies; who writes it and who shows it agree here.
import { join } from 'node:path';

/** Every thumbnail's. */
export const thumbnailType = 'image/jpeg';

export function thumbnailFolderOf(dataFolder: string): string {
  return join(dataFolder, 'thumbnails');
}

/** `<folder>/<ab>/<sha256>.jpg`, where `ab` begins the hash: no folder gets too many files. */
export function thumbnailPath(thumbnailFolder: string, sha256: string): string {
  return join(thumbnailFolder, sha256.slice(0, 2), `${sha256}.jpg`);
}
