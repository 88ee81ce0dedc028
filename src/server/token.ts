// The token of a data folder: made once and kept there, so that bookmarks survive restarts.
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OcelliError, systemCode } from '../shared/errors.ts';
import { replaceFile } from '../shared/replaceFile.ts';

/** In the data folder, readable by its owner alone. */
export const tokenFile = 'server-token';

/** 32 random bytes in base64url. @throws DATA_UNWRITABLE, DISK_FULL */
export async function tokenOf(dataFolder: string): Promise<string> {
  const path = join(dataFolder, tokenFile);
  return (await keptToken(path)) ?? (await newToken(path));
}

/** Undefined where there is none, it is damaged, or others could have read it. */
async function keptToken(path: string): Promise<string | undefined> {
  try {
    // Windows has no such bits: there, the folder in the person's profile is what protects it.
    const isOurs = process.platform === 'win32' || ((await stat(path)).mode & 0o077) === 0;
    const token = (await readFile(path, 'utf8')).trim();
    return isOurs && /^[\w-]{43}$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

async function newToken(path: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  try {
    await replaceFile(path, `${token}\n`, 0o600);
  } catch (error) {
    const code = systemCode(error) === 'ENOSPC' ? 'DISK_FULL' : 'DATA_UNWRITABLE';
    throw new OcelliError(code, `The link's token cannot be kept in ${path}.`, { cause: error });
  }
  return token;
}
