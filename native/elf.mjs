// Which versions of glibc an ELF file asks for: the version table, read as far as that needs.
// The layout is that of the System V ABI and of the Linux Standard Base (symbol versioning).

const VERNEED = 0x6ffffffe;

/** The versions of GLIBC that a 64-bit little-endian ELF file needs, such as ['2.2.5', '2.28']. */
export function neededGlibc(file) {
  if (file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1) {
    throw new Error('Expected a 64-bit little-endian ELF file');
  }
  const sections = sectionsOf(file);
  const needs = sections.find((section) => section.type === VERNEED);
  if (needs === undefined) return [];
  const names = sections[needs.link].offset;
  return versionNames(file, needs.offset, names)
    .filter((name) => name.startsWith('GLIBC_'))
    .map((name) => name.slice('GLIBC_'.length));
}

function sectionsOf(file) {
  const [start, size, count] = [
    Number(file.readBigUInt64LE(0x28)),
    file.readUInt16LE(0x3a),
    file.readUInt16LE(0x3c),
  ];
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    return {
      type: file.readUInt32LE(at + 4),
      offset: Number(file.readBigUInt64LE(at + 0x18)),
      link: file.readUInt32LE(at + 0x28),
    };
  });
}

/** Two nested chains: a library each, and in it a version each. A step of 0 ends a chain. */
function versionNames(file, start, names) {
  const found = [];
  for (let library = start, step = 1; step !== 0; library += step) {
    let version = library + file.readUInt32LE(library + 8);
    for (let next = 1; next !== 0; version += next) {
      const name = names + file.readUInt32LE(version + 8);
      found.push(file.toString('latin1', name, file.indexOf(0, name)));
      next = file.readUInt32LE(version + 12);
    }
    step = file.readUInt32LE(library + 12);
  }
  return found;
}

/** Whether version `a` is newer than version `b`, number by number. */
export function isNewer(a, b) {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
