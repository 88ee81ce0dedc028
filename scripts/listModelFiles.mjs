// Fills in `files` of a model.json: each file that it names, with its size and SHA-256.
// node scripts/listModelFiles.mjs FOLDER
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/listModelFiles.mjs FOLDER');
  process.exit(2);
}
const path = join(folder, 'model.json');
const manifest = JSON.parse(await readFile(path, 'utf8'));
const { image, text } = manifest;
const named = [
  ...Object.values(image.files),
  ...Object.values(text.files),
  text.tokenizer.file,
  // Weights that an ONNX file keeps beside itself; the graph alone knows of them.
  ...(manifest.files ?? []).map((file) => file.path),
];
manifest.files = [];
for (const name of new Set(named)) {
  const file = join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  manifest.files.push({ path: name, bytes: (await stat(file)).size, sha256: hash.digest('hex') });
}
await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${path} lists ${manifest.files.length} files.`);
