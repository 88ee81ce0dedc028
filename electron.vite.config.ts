// Bundles to plain JavaScript (`npm run build`), for runtimes that cannot run TypeScript: the command
// line and the engine's worker processes for Electron's Node and Node 20, the window's main process,
// its preload script and its page.
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The oldest Electron that must run this is 33: Node 20.18 and Chromium 130. */
const node = 'node20.18';
const chromium = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: node,
      externalizeDeps: true,
      rollupOptions: {
        input: {
          main: resolve('src/main/main.ts'),
          cli: resolve('src/cli/main.ts'),
          decoder: resolve('src/engine/decode/worker.ts'),
          converter: resolve('src/engine/decode/conversionWorker.ts'),
          embedder: resolve('src/engine/embed/worker.ts'),
          photoWorker: resolve('src/engine/workers/photoWorker.ts'),
          heicThread: resolve('src/engine/decode/heic/heicThread.ts'),
          readerThread: resolve('src/engine/catalog/readerThread.ts'),
        },
        external: [/native\/index\.mjs$/],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Modules find what lies beside them and above them: no folder for what entries share.
          chunkFileNames: '[name]-[hash].js',
          // The addon stays where it is, two folders up from the bundle.
          paths: (id) => (id.endsWith('native/index.mjs') ? '../../native/index.mjs' : id),
        },
      },
    },
  },
  preload: {
    build: {
      target: node,
      // A sandboxed preload script is one CommonJS file and has no modules to load.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: resolve('src/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: chromium,
      // Parsed at every start: a megabyte less of it is a tenth of a second.
      minify: true,
      rollupOptions: { input: resolve('src/renderer/index.html') },
    },
  },
});
