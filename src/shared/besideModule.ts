// Where the module of a thread lies: beside the one that starts it as TypeScript, or beside the bundle
// that this one has become part of.
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param url of the module that asks (import.meta.url). @param name without its ending. */
export function besideModule(url: string, name: string): URL {
  return new URL(`./${name}${extname(fileURLToPath(url))}`, url);
}
