// Small files that others read at any moment, or that a crash must not cut short: whoever looks finds
// the one before or the new one, whole.
import { rename, rm, writeFile } from 'node:fs/promises';

/** @param mode holds from the first byte on. @throws what the system says; the file is then as it was. */
export async function replaceFile(path: string, text: string, mode = 0o666): Promise<void> {
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, text, { mode });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
