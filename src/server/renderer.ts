// The built renderer: the same files as in the desktop's window.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OcelliError } from '../shared/errors.ts';

/** @throws RENDERER_MISSING */
export async function serveRenderer(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new OcelliError('RENDERER_MISSING', `There are no pages to show in ${folder}.`);
  }
  await app.register(staticFiles, {
    root: folder,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header(
        'cache-control',
        isHashed(path) ? 'private, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

/** The build names assets after what is in them: index-B3fc_9aQ.js. Another content is another name. */
function isHashed(path: string): boolean {
  return /-[\w-]{8}\.\w+$/.test(basename(path)) && !path.endsWith('.html');
}
