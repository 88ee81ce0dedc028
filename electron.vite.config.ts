// Bundles the command line and the engine's worker processes to plain JavaScript (`npm run build`),
// for runtimes that cannot run TypeScript: Electron's Node and Node 20. The window's own main,
// preload and renderer builds join here.
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      externalizeDeps: true,
      rollupOptions: {
        input: {
          cli: resolve('src/cli/main.ts'),
          decoder: resolve('src/engine/decode/worker.ts'),
          embedder: resolve('src/engine/embed/worker.ts'),
        },
        external: [/native\/index\.mjs$/],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // The addon stays where it is, two folders up from the bundle.
          paths: (id) => (id.endsWith('native/index.mjs') ? '../../native/index.mjs' : id),
        },
      },
    },
  },
});
