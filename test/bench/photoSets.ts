// Photos to index: as many distinct contents as a run needs to last, made from a few.
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSerial } from '../../src/engine/pool/serial.ts';
import { type MadeSet, madePhotos, madeSets } from './madePhotos.ts';
import { shared } from './places.ts';

export class PhotoSet {
  readonly name: string;
  /** Where the originals came from, for people. */
  readonly about: string;
  private readonly folder: string;
  private readonly originals: ReadonlyMap<string, Buffer>;
  private written = 0;
  private readonly serial = createSerial();

  private constructor(
    name: string,
    about: string,
    folder: string,
    originals: ReadonlyMap<string, Buffer>,
  ) {
    this.name = name;
    this.about = about;
    this.folder = folder;
    this.originals = originals;
  }

  /** Small photos: those beside the repository, or generated ones. Copies go to `folder`. */
  static async small(folder: string): Promise<PhotoSet> {
    const source = join(shared, 'photos', 'objects');
    const names = await readdir(source).catch(() => []);
    const jpegs = names.filter((name) => /\.jpe?g$/i.test(name));
    const originals = new Map<string, Buffer>();
    for (const name of jpegs) originals.set(name, await readFile(join(source, name)));
    if (jpegs.length > 0) {
      return new PhotoSet('small', `${jpegs.length} photos of 0.2 megapixels`, folder, originals);
    }
    const made = await madePhotos('small');
    return new PhotoSet('small', `${made.size} generated photos`, folder, made);
  }

  /** What cameras and programs write, made larger from small photos. Copies go to `folder`. */
  static async made(name: MadeSet, folder: string): Promise<PhotoSet> {
    const small = await PhotoSet.small(folder);
    const originals = await madePhotos(name, [...small.originals.values()]);
    return new PhotoSet(name, madeSets[name].about, folder, originals);
  }

  /** Photos in one copy of the set. */
  get size(): number {
    return this.originals.size;
  }

  get megabytesEach(): number {
    let sum = 0;
    for (const content of this.originals.values()) sum += content.length;
    return sum / this.size / 1e6;
  }

  /** Folders that together hold at least `photos` photos, no two with the same content. */
  async folders(photos: number): Promise<string[]> {
    const copies = Math.max(1, Math.ceil(photos / this.size));
    // Who asks for folders while others are written waits for those first.
    await this.serial(() => this.writeUpTo(copies));
    return Array.from({ length: copies }, (_, copy) => this.folderOf(copy));
  }

  /** Their paths, folder by folder. */
  async paths(photos: number): Promise<string[]> {
    const folders = await this.folders(photos);
    const names = [...this.originals.keys()];
    return folders.flatMap((folder) => names.map((name) => join(folder, name)));
  }

  private folderOf(copy: number): string {
    return join(this.folder, `copy-${String(copy).padStart(3, '0')}`);
  }

  private async writeUpTo(copies: number): Promise<void> {
    if (this.written >= copies) return;
    for (; this.written < copies; this.written++) await this.write(this.written);
    await onTheDisk();
  }

  /**
   * Bytes behind the end of a JPEG are no part of the picture, but of the file and its hash. As many as
   * make copies differ in size too: in a library hardly two photos are equally large, and those that are
   * take the engine longer.
   */
  private async write(copy: number): Promise<void> {
    const folder = this.folderOf(copy);
    await mkdir(folder, { recursive: true });
    const tail = Buffer.from(`copy ${copy}`.padEnd(10 + 7 * copy));
    for (const [name, content] of this.originals) {
      await writeFile(join(folder, name), Buffer.concat([content, tail]));
    }
  }
}

/**
 * Until the system has written down what it was given. Else it does so while photos are read, and who
 * writes anything meanwhile waits for it: a decoder up to 65 ms for the folder of a thumbnail.
 */
async function onTheDisk(): Promise<void> {
  // Windows has no such program; there it is done whenever the system likes.
  await promisify(execFile)('sync').catch(() => undefined);
}
