// Reads a file once, whole, into one buffer: hash, metadata and pixels all come from it, so that
// they describe the same bytes even where the file is being replaced, and a slow disk is asked once.
import { type FileHandle, open } from 'node:fs/promises';
import { OcelliError, systemCode } from '../../shared/errors.ts';

/** One byte less than 2 GiB: the most that one read, and libvips, take. */
const mostBytes = 2 ** 31 - 1;

/**
 * The whole content of the file.
 * @param hasRoom is asked before it is read; where there is none for so many bytes, it is too large.
 * @throws OcelliError FILE_GONE, FILE_UNREADABLE, FILE_EMPTY, FILE_TOO_LARGE
 */
export async function readPhoto(
  path: string,
  hasRoom: (bytes: number) => boolean = () => true,
): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    return await readOpened(handle, path, hasRoom);
  } catch (error) {
    throw error instanceof OcelliError ? error : readingError(path, error);
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

async function readOpened(
  handle: FileHandle,
  path: string,
  hasRoom: (bytes: number) => boolean,
): Promise<Buffer> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw new OcelliError('FILE_UNREADABLE', `Not a file: ${path}`);
  if (stat.size === 0) throw new OcelliError('FILE_EMPTY', `The file is empty: ${path}`);
  if (stat.size > mostBytes || !hasRoom(stat.size)) {
    const gib = (stat.size / 2 ** 30).toFixed(1);
    throw new OcelliError('FILE_TOO_LARGE', `The file is too large, ${gib} GiB: ${path}`);
  }
  const buffer = Buffer.allocUnsafeSlow(stat.size);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
    if (bytesRead === 0) break; // it was cut while we read; what is there decides
    filled += bytesRead;
  }
  if (filled === 0) throw new OcelliError('FILE_EMPTY', `The file is empty: ${path}`);
  return buffer.subarray(0, filled);
}

function readingError(path: string, cause: unknown): OcelliError {
  const code = systemCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new OcelliError('FILE_GONE', `The file is gone: ${path}`, { cause });
  }
  return new OcelliError('FILE_UNREADABLE', `The file cannot be read (${reason(code)}): ${path}`, {
    cause,
  });
}

function reason(code: string | undefined): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EIO':
      return 'the disk reports an error';
    case 'EISDIR':
      return 'it is a folder';
    case 'EBUSY':
      return 'another program has it locked';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open';
    default:
      return code ?? 'unknown reason';
  }
}
