// Unpacks a zip file with nothing but Node: a machine that runs the tests may have no unzip.
// The format: APPNOTE.TXT of PKWARE, sections 4.3 and 4.4; files beyond 4 GiB (zip64) are not read.
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const endBytes = 22;
const longestComment = 65_535;

/** @param wanted name of an entry → path below `folder`, or undefined to leave it out. */
export function extractZip(file, folder, wanted) {
  const handle = openSync(file, 'r');
  try {
    for (const entry of entriesOf(handle, statSync(file).size)) {
      const path = wanted(entry.name);
      if (path === undefined || entry.name.endsWith('/')) continue;
      const target = join(folder, inside(path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, contentOf(handle, entry));
      if (entry.mode !== 0) chmodSync(target, entry.mode);
    }
  } finally {
    closeSync(handle);
  }
}

function* entriesOf(handle, size) {
  const tail = read(
    handle,
    Math.max(0, size - endBytes - longestComment),
    Math.min(size, endBytes + longestComment),
  );
  let end = tail.length - endBytes;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new Error('it is no zip file');
  const count = tail.readUInt16LE(end + 10);
  const directory = read(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  for (let at = 0, i = 0; i < count; i++) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      directory.readUInt16LE(at + offset),
    );
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      deflated: directory.readUInt16LE(at + 10) === 8,
      bytes: directory.readUInt32LE(at + 20),
      header: directory.readUInt32LE(at + 42),
      /** Unix permissions; 0 where the archive does not know them. */
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
    };
    at += 46 + nameLength + extraLength + commentLength;
  }
}

function contentOf(handle, { header, bytes, deflated }) {
  const local = read(handle, header, 30);
  const start = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const content = read(handle, start, bytes);
  return deflated ? inflateRawSync(content) : content;
}

function read(handle, position, length) {
  const buffer = Buffer.alloc(length);
  readSync(handle, buffer, 0, length, position);
  return buffer;
}

function inside(path) {
  const normal = normalize(path);
  if (normal.startsWith(`..${sep}`) || normal.startsWith(sep)) throw new Error(`${path} leads out`);
  return normal;
}
