// /thumbnails/<sha256>: small pictures by the hash of the content they show. What a hash names never
// changes, so browsers may keep it.
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { thumbnailPath, thumbnailType } from '../shared/thumbnailPath.ts';
import { sendPage } from './pages.ts';

export function serveThumbnails(app: FastifyInstance, thumbnailFolder: string): void {
  app.route<{ Params: { sha256: string } }>({
    method: ['GET', 'HEAD'],
    url: '/thumbnails/:sha256',
    async handler(request, reply) {
      const { sha256 } = request.params;
      if (!/^[0-9a-f]{64}$/.test(sha256)) return sendPage(reply, 404, 'notFound');
      // A photo that was never thumbnailed, or whose thumbnail was cleared: its original is shown.
      const bytes = await readFile(thumbnailPath(thumbnailFolder, sha256)).catch(() => undefined);
      if (!bytes) return sendPage(reply, 404, 'notFound');
      const etag = `"${sha256}"`;
      reply.headers({ 'cache-control': 'private, max-age=31536000, immutable', etag });
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
      return reply.type(thumbnailType).send(bytes);
    },
  });
}
