// RAW files as cameras lay them out, around a JPEG that a test brings: no camera's RAW is small, or
// free, enough to be kept here. Sensor data is left out; nobody here reads it.

type Values = readonly number[] | Buffer;
type Entry = readonly [tag: number, values: Values, type?: number];

const [byte, ascii, short, long, undefinedBytes] = [1, 2, 3, 4, 7];

/** Beyond the first block that is read of a file in parts. */
const far = 300 * 1024;

/** Writes a TIFF from its end: what a directory points to is there before it. */
export class TiffWriter {
  private readonly parts: Buffer[] = [];
  private readonly farParts: Buffer[] = [];
  private readonly isLittle: boolean;
  private readonly magic: number;
  private length = 16;

  constructor(isLittle: boolean, magic = 42) {
    this.isLittle = isLittle;
    this.magic = magic;
  }

  /** Where the bytes will lie: behind everything else, as previews and sensor data do. */
  addFar(content: Buffer): number {
    const at = far + this.farParts.reduce((sum, { length }) => sum + length, 0);
    this.farParts.push(content);
    return at;
  }

  /** Where the bytes lie. */
  add(content: Buffer): number {
    const at = this.length;
    const padding = Buffer.alloc(content.length % 2);
    this.parts.push(content, padding);
    this.length += content.length + padding.length;
    return at;
  }

  /** Numbers are LONG unless a type is given, a buffer is UNDEFINED. */
  directory(entries: readonly Entry[], next = 0): number {
    const rows = entries.map(([tag, values, type]) => this.row(tag, values, type));
    const table = Buffer.concat([this.short(rows.length), ...rows, this.long(next)]);
    return this.add(table);
  }

  finish(first: number, mark = ''): Buffer {
    const order = Buffer.from(this.isLittle ? 'II' : 'MM', 'latin1');
    const head = Buffer.concat([order, this.short(this.magic), this.long(first)]);
    const rest = Buffer.from(mark.padEnd(8, '\0'), 'latin1');
    const near = Buffer.concat([head, rest, ...this.parts]);
    if (this.farParts.length === 0) return near;
    return Buffer.concat([near, Buffer.alloc(far - near.length), ...this.farParts]);
  }

  private row(tag: number, values: Values, type?: number): Buffer {
    const isBytes = Buffer.isBuffer(values);
    const kind = type ?? (isBytes ? undefinedBytes : long);
    const data = isBytes ? values : Buffer.concat(values.map((value) => this.value(value, kind)));
    const field = Buffer.alloc(4);
    if (data.length <= 4) data.copy(field);
    else this.long(this.add(data)).copy(field);
    return Buffer.concat([this.short(tag), this.short(kind), this.long(values.length), field]);
  }

  private value(value: number, type: number): Buffer {
    if (type === byte) return Buffer.from([value]);
    return type === short ? this.short(value) : this.long(value);
  }

  private short(value: number): Buffer {
    const bytes = Buffer.alloc(2);
    if (this.isLittle) bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  }

  private long(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    if (this.isLittle) bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  }
}

export interface RawContent {
  /** The preview. */
  readonly jpeg: Buffer;
  /** Of the photo, as stored. */
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

export const cameraModel = 'Camera obscura';
export const takenAt = '2019-05-04T10:11:12';

const text = (words: string): Buffer => Buffer.from(`${words}\0`, 'latin1');
const camera: Entry = [0x0110, text(cameraModel), ascii];
const turned = ({ orientation }: RawContent): Entry => [0x0112, [orientation], short];
const shot = (): Entry => [0x9003, text('2019:05:04 10:11:12'), ascii];
const subfile = (type: number): Entry => [0x00fe, [type]];
const compressed = (kind: number): Entry => [0x0103, [kind], short];

function size({ width, height }: { width: number; height: number }, border = 0): Entry[] {
  return [
    [0x0100, [width + border]],
    [0x0101, [height + border]],
  ];
}

function sensor(tiff: TiffWriter, content: RawContent, more: readonly Entry[] = []): number {
  const cfa: Entry = [0x0106, [32_803], short];
  return tiff.directory([subfile(0), ...size(content, 24), compressed(34_713), cfa, ...more]);
}

function interchange(tiff: TiffWriter, jpeg: Buffer): Entry[] {
  return [
    [0x0201, [tiff.addFar(jpeg)]],
    [0x0202, [jpeg.length]],
  ];
}

function strip(tiff: TiffWriter, data: Buffer): Entry[] {
  return [
    [0x0111, [tiff.addFar(data)]],
    [0x0117, [data.length]],
  ];
}

function nef(content: RawContent): Buffer {
  const tiff = new TiffWriter(false);
  const thumbnail = strip(tiff, Buffer.alloc(160 * 120 * 3, 99));
  const preview = tiff.directory([subfile(1), compressed(6), ...interchange(tiff, content.jpeg)]);
  const below: Entry = [0x014a, [preview, sensor(tiff, content)]];
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  const small = size({ width: 160, height: 120 });
  const colours: Entry = [0x0106, [2], short];
  const main = [subfile(1), ...small, compressed(1), colours, camera, turned(content), below, exif];
  return tiff.finish(tiff.directory([...main, ...thumbnail]));
}

function arw(content: RawContent): Buffer {
  const tiff = new TiffWriter(true);
  const crop: Entry = [0xc620, [content.width, content.height]];
  const below: Entry = [0x014a, [sensor(tiff, content, [crop])]];
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  const preview = interchange(tiff, content.jpeg);
  const main = [subfile(1), compressed(6), camera, turned(content), below, ...preview, exif];
  return tiff.finish(tiff.directory(main));
}

/** Its sensor data is a JPEG as well, a lossless one. */
function cr2(content: RawContent): Buffer {
  const tiff = new TiffWriter(true);
  const lossless = losslessJpeg(content);
  const raw = tiff.directory([compressed(6), ...strip(tiff, lossless)]);
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  const main = [...size(content), compressed(6), camera, turned(content), exif];
  return tiff.finish(
    tiff.directory([...main, ...strip(tiff, content.jpeg)], raw),
    `CR\x02\0${String.fromCharCode(raw & 255, (raw >> 8) & 255, (raw >> 16) & 255)}`,
  );
}

function dng(content: RawContent): Buffer {
  const tiff = new TiffWriter(true);
  const preview = tiff.directory([subfile(1), compressed(7), ...strip(tiff, content.jpeg)]);
  const raw = tiff.directory([
    subfile(0),
    ...size(content, 24),
    compressed(7),
    [0x0106, [32_803], short],
    [0xc620, [content.width, content.height]],
    ...strip(tiff, losslessJpeg(content)),
  ]);
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  const version: Entry = [0xc612, Buffer.from([1, 4, 0, 0]), byte];
  const below: Entry = [0x014a, [raw, preview]];
  const small = size({ width: 256, height: 171 });
  return tiff.finish(
    tiff.directory([subfile(1), ...small, camera, turned(content), below, exif, version]),
  );
}

function pef(content: RawContent): Buffer {
  const tiff = new TiffWriter(false);
  const preview = tiff.directory([...size(content), ...interchange(tiff, content.jpeg)]);
  const thumbnail = tiff.directory(interchange(tiff, Buffer.from('ffd8ffd9', 'hex')), preview);
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  const cfa: Entry = [0x0106, [32_803], short];
  const main = [...size(content, 24), compressed(65_535), cfa, camera, turned(content), exif];
  return tiff.finish(tiff.directory(main, thumbnail));
}

/** The first directory says nothing of a picture. */
function srw(content: RawContent): Buffer {
  const tiff = new TiffWriter(true);
  const preview = tiff.directory([subfile(0), ...interchange(tiff, content.jpeg)]);
  const pattern: Entry = [0x828e, Buffer.from([1, 0, 2, 1]), byte];
  const raw = tiff.directory([subfile(0), ...size(content, 24), compressed(32_773), pattern]);
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  return tiff.finish(tiff.directory([camera, turned(content), [0x014a, [preview, raw]], exif]));
}

function rw2(content: RawContent): Buffer {
  const tiff = new TiffWriter(true, 0x55);
  const exif: Entry = [0x8769, [tiff.directory([shot()])]];
  const borders: Entry[] = [
    [0x0002, [content.width + 40], short],
    [0x0003, [content.height + 40], short],
    [0x0004, [8], short],
    [0x0005, [16], short],
    [0x0006, [content.height + 8], short],
    [0x0007, [content.width + 16], short],
  ];
  const jpeg: Entry = [0x002e, content.jpeg];
  return tiff.finish(tiff.directory([...borders, jpeg, camera, turned(content), exif]));
}

/** Offsets in the maker's note count from its first byte. */
function orf(content: RawContent): Buffer {
  const tiff = new TiffWriter(true, 0x4f52);
  const note = new TiffWriter(true);
  // The note is a TIFF whose head is 'OLYMPUS\0II' and a version, 12 bytes; its directory follows.
  const preview = note.add(content.jpeg);
  const settings = note.directory([
    [0x0100, [1]],
    [0x0101, [preview]],
    [0x0102, [content.jpeg.length]],
  ]);
  const body = note.finish(0).subarray(16);
  const row = Buffer.alloc(18);
  row.writeUInt16LE(1, 0);
  row.writeUInt16LE(0x2020, 2);
  row.writeUInt16LE(13, 4);
  row.writeUInt32LE(1, 6);
  const moved = row.length + 12 - 16;
  row.writeUInt32LE(settings + moved, 10);
  shiftSettings(body, settings - 16, moved);
  const whole = Buffer.concat([Buffer.from('OLYMPUS\0II\x03\0', 'latin1'), row, body]);
  const exif: Entry = [0x8769, [tiff.directory([shot(), [0x927c, whole]])]];
  return tiff.finish(tiff.directory([...size(content, 24), camera, turned(content), exif]));
}

/** The preview's place, in the second row of the settings, after they were moved. */
function shiftSettings(body: Buffer, at: number, by: number): void {
  const place = at + 2 + 12 + 8;
  body.writeUInt32LE(body.readUInt32LE(place) + by, place);
}

/** It tells its orientation and metadata by those of its JPEG alone. */
function raf({ jpeg, width, height }: RawContent): Buffer {
  const head = Buffer.alloc(148);
  head.write('FUJIFILMCCD-RAW 0201FF393101', 'latin1');
  const records = Buffer.alloc(4 + 8 + 8);
  records.writeUInt32BE(2, 0);
  records.writeUInt16BE(0x0100, 4);
  records.writeUInt16BE(4, 6);
  records.writeUInt16BE(height + 40, 8);
  records.writeUInt16BE(width + 40, 10);
  records.writeUInt16BE(0x0111, 12);
  records.writeUInt16BE(4, 14);
  records.writeUInt16BE(height, 16);
  records.writeUInt16BE(width, 18);
  head.writeUInt32BE(head.length, 84);
  head.writeUInt32BE(jpeg.length, 88);
  head.writeUInt32BE(head.length + jpeg.length, 92);
  head.writeUInt32BE(records.length, 96);
  return Buffer.concat([head, jpeg, records]);
}

function cr3(content: RawContent): Buffer {
  const blocks = [
    ['CMT1', [...size(content), camera, turned(content)]],
    ['CMT2', [shot()]],
  ] as const;
  const metadata = blocks.map(([name, entries]) => {
    const tiff = new TiffWriter(true);
    return box(name, tiff.finish(tiff.directory(entries)));
  });
  const about = Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex');
  const id = Buffer.from('eaf42b5e1c984b88b9fbb7dc406e4d16', 'hex');
  const head = Buffer.alloc(16);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(content.jpeg.length, 12);
  const preview = box('PRVW', Buffer.concat([head, content.jpeg]));
  return Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1')),
    box('moov', box('uuid', Buffer.concat([about, ...metadata]))),
    box('uuid', Buffer.concat([id, Buffer.alloc(8), preview])),
    box('mdat', Buffer.alloc(64)),
  ]);
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** No more of it than says what it is: SOF3. */
function losslessJpeg({ width, height }: RawContent): Buffer {
  const bytes = Buffer.from('ffd8ffc3000e0e00000000020011000111000000', 'hex');
  bytes.writeUInt16BE(height, 7);
  bytes.writeUInt16BE(width, 9);
  return bytes;
}

/** By the ending of their names. */
export const rawFiles: Readonly<Record<string, (content: RawContent) => Buffer>> = {
  arw,
  cr2,
  cr3,
  dng,
  nef,
  orf,
  pef,
  raf,
  rw2,
  srw,
};
