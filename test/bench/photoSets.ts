// Photos to index: as many distinct contents as a run needs to last, made from a few.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { shared } from './places.ts';
import { seededNoise } from './randomNumbers.ts';

export class PhotoSet {
  readonly name: string;
  /** Where the originals came from, for people. */
  readonly about: string;
  private readonly folder: string;
  private readonly originals: ReadonlyMap<string, Buffer>;
  private written = 0;

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

  /** The photos beside the repository, or generated ones like them. Copies go to `folder`. */
  static async open(folder: string): Promise<PhotoSet> {
    const source = join(shared, 'photos', 'objects');
    const names = await readdir(source).catch(() => []);
    const jpegs = names.filter((name) => /\.jpe?g$/i.test(name));
    if (jpegs.length > 0) {
      const originals = new Map<string, Buffer>();
      for (const name of jpegs) originals.set(name, await readFile(join(source, name)));
      return new PhotoSet('objects', `${jpegs.length} photos of objects`, folder, originals);
    }
    const originals = await generatePhotos();
    return new PhotoSet('generated', `${originals.size} generated photos`, folder, originals);
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
    for (; this.written < copies; this.written++) await this.write(this.written);
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

  /** Bytes behind the end of a JPEG are no part of the picture, but of the file and its hash. */
  private async write(copy: number): Promise<void> {
    const folder = this.folderOf(copy);
    await mkdir(folder, { recursive: true });
    const tail = Buffer.from(`copy ${copy}`);
    for (const [name, content] of this.originals) {
      await writeFile(join(folder, name), Buffer.concat([content, tail]));
    }
  }
}

const generated = { photos: 120, width: 500, height: 400 };

/** JPEGs of 0.2 megapixels with about the detail of photos: soft shapes with grain over them. */
async function generatePhotos(): Promise<Map<string, Buffer>> {
  const { photos, width, height } = generated;
  const originals = new Map<string, Buffer>();
  for (let i = 0; i < photos; i++) {
    const noise = seededNoise(i + 1);
    const shapes = await sharp(
      bytesOf(20 * 16 * 3, () => 128 + noise() * 60),
      {
        raw: { width: 20, height: 16, channels: 3 },
      },
    )
      .resize(width, height, { kernel: 'cubic', fit: 'fill' })
      .raw()
      .toBuffer();
    const grainy = bytesOf(shapes.length, (at) => (shapes[at] ?? 0) + noise() * 8);
    const jpeg = await sharp(grainy, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 88 })
      .toBuffer();
    originals.set(`generated-${i}.jpg`, jpeg);
  }
  return originals;
}

function bytesOf(length: number, value: (at: number) => number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at++) bytes[at] = Math.min(255, Math.max(0, value(at)));
  return bytes;
}
