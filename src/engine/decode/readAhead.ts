// The next photo's file, read while another is decoded, so that the disk or the network is at work
// while the processor is (docs/decisions/0019-embedded-previews.md).
import { readPhoto } from './readPhoto.ts';

/** Every decoder may hold one such file more; larger ones are rare, and read when it is their turn. */
const mostBytes = 2 ** 25;

export class ReadAhead {
  private readonly files = new Map<string, Promise<Buffer | undefined>>();

  /** Resolves when it is read, or is not going to be before its turn; nobody need wait for that. */
  async begin(path: string): Promise<void> {
    const file = this.files.get(path) ?? readPhoto(path, mostBytes).catch(() => undefined);
    this.files.set(path, file);
    await file;
  }

  /** What was read ahead, once, or what is there now. @throws as readPhoto */
  async read(path: string): Promise<Buffer> {
    const ahead = this.files.get(path);
    this.files.delete(path);
    return (await ahead) ?? readPhoto(path);
  }
}
