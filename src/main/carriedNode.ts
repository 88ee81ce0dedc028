// The plain Node runtime that the app carries (the npm package `node`).
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export function carriedNode(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  // Inside a packaged app the modules are an archive; what is to be executed lies beside it.
  return join(folder, 'bin', name).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
