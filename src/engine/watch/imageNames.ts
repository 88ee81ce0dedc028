// Which files count as photographs, by their names alone: everything that says it is an image. What
// of these cannot be decoded is skipped or failed later, with a reason, and never just missing.

const extensions = new Set(
  `jpg jpeg jpe jfif png apng webp avif gif tif tiff
   svg heic heif hif bmp jxl jp2 psd
   dng cr2 cr3 crw nef nrw arw sr2 orf rw2 raf pef srw x3f 3fr iiq erf kdc mrw`.split(/\s+/),
);

/** Folders that programs and systems make for themselves: thumbnails, recycle bins, previews. */
const excludedFolders = new Set([
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  'node_modules',
  '__macosx',
]);

export function isImageName(name: string): boolean {
  // '._IMG_1.jpg' is macOS's copy of a file's attributes, '.x.jpg' a program's own.
  if (name.startsWith('.')) return false;
  const dot = name.lastIndexOf('.');
  return dot > 0 && extensions.has(name.slice(dot + 1).toLowerCase());
}

export function isExcludedFolder(name: string): boolean {
  if (name.startsWith('.')) return true;
  const lower = name.toLowerCase();
  return excludedFolders.has(lower) || lower.endsWith('.lrdata');
}
