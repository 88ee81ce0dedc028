// How folders lie to each other, by their paths alone: absolute and normalised.
import { parse, sep } from 'node:path';

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  if (path === folder) return true;
  const prefix = folder === parse(folder).root ? folder : folder + sep;
  return path.startsWith(prefix);
}

/** Without folders that lie in another one of them. */
export function topmost(folders: readonly string[]): string[] {
  return folders.filter(
    (folder) => !folders.some((other) => other !== folder && isWithin(folder, other)),
  );
}
