// Whether a root is there: the disk connected, the folder a folder, and still the same one.
import { readdir, stat } from 'node:fs/promises';
import { systemCode } from '../../shared/errors.ts';

export type RootPresence =
  | { readonly there: true; readonly identity: string; readonly empty: boolean }
  | { readonly there: false; readonly why: string };

/**
 * Looks at the root itself. `identity` changes when another file system is mounted at its path or
 * taken away from it; `empty` is what an unplugged disk's mount point looks like.
 */
export async function rootPresence(path: string): Promise<RootPresence> {
  try {
    const facts = await stat(path);
    if (!facts.isDirectory()) return { there: false, why: 'it is not a folder' };
    const entries = await readdir(path);
    return { there: true, identity: `${facts.dev}:${facts.ino}`, empty: entries.length === 0 };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return { there: false, why: 'it is not there' };
    if (code === 'EACCES' || code === 'EPERM') {
      return { there: false, why: 'you may not read it' };
    }
    return { there: false, why: `it cannot be read (${code})` };
  }
}
