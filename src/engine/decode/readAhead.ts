// The next photos' files, read while another is decoded, so that the disk or the network is at work
// while the processor is (docs/decisions/0019-embedded-previews.md).
import { readPhoto } from './readPhoto.ts';

/** Of all files that a process holds ahead; what has no room beside them is read in its turn. */
const mostBytes = 2 ** 25;

interface Held {
  readonly content: Buffer;
  readonly bytes: number;
}

export class ReadAhead {
  private readonly files = new Map<string, Promise<Held | undefined>>();
  private bytes = 0;

  /** Resolves when it is read, or is not going to be before its turn; nobody need wait for that. */
  async begin(path: string): Promise<void> {
    const file = this.files.get(path) ?? this.hold(path);
    this.files.set(path, file);
    await file;
  }

  /** What was read ahead, once, or what is there now. @throws as readPhoto */
  async read(path: string): Promise<Buffer> {
    const file = this.files.get(path);
    this.files.delete(path);
    const ahead = await file;
    if (!ahead) return readPhoto(path);
    this.bytes -= ahead.bytes;
    return ahead.content;
  }

  private async hold(path: string): Promise<Held | undefined> {
    let reserved = 0;
    const reserve = (bytes: number) => {
      if (this.bytes + bytes > mostBytes) return false;
      reserved = bytes;
      this.bytes += bytes;
      return true;
    };
    try {
      return { content: await readPhoto(path, reserve), bytes: reserved };
    } catch {
      this.bytes -= reserved;
      return undefined;
    }
  }
}
