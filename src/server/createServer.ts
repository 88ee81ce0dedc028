// Ocelli in a browser: the contract over a WebSocket, pictures and the renderer over HTTP. It
// listens where it is told, and answers nobody who was not given its link.
import cookie from '@fastify/cookie';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { EngineApi } from '../shared/contract.ts';
import { thumbnailFolderOf } from '../shared/thumbnailPath.ts';
import { Access } from './access.ts';
import { guard } from './guard.ts';
import { listen } from './listen.ts';
import { serveOriginals } from './originals.ts';
import { inUrl, isWildcard } from './ownHosts.ts';
import { sendPage } from './pages.ts';
import { serveRenderer } from './renderer.ts';
import { serveSocket } from './socket.ts';
import { serveThumbnails } from './thumbnails.ts';

export interface ServerOptions {
  readonly engine: EngineApi;
  /** The built renderer: index.html and what it names. */
  readonly rendererFolder: string;
  /** At least 16 characters that nobody can guess. */
  readonly token: string;
  /** 0: any that is free. */
  readonly port: number;
  /** 127.0.0.1, unless a person wants to be reached from elsewhere. */
  readonly host: string;
  /** Told of errors that are no one's request: defects, mostly. */
  readonly onProblem?: (error: unknown) => void;
}

export interface Server {
  readonly port: number;
  /** Opens the library for whoever has it, today and later. @param host as others name this machine. */
  link(host?: string): string;
  /** The same once, within a minute: for where a link can be seen by others on this machine. */
  ticketLink(): string;
  /** Ends all connections; the engine stays open. */
  close(): Promise<void>;
}

/** @throws PORT_TAKEN, RENDERER_MISSING, ARGUMENT for a host that is not this machine's */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { token, host } = options;
  const access = new Access(token);
  const app = createApp(options, access);
  try {
    await app.register(cookie);
    await addRoutes(app, options);
    const port = await listen(app, options.port, host);
    const home = isWildcard(host) ? '127.0.0.1' : host;
    const linkWith = (secret: string, name: string) =>
      `http://${inUrl(name)}:${port}/?token=${secret}`;
    return {
      port,
      link: (name = home) => linkWith(token, name),
      ticketLink: () => linkWith(access.ticket(), home),
      close: () => app.close(),
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function createApp({ host, onProblem }: ServerOptions, access: Access): FastifyInstance {
  const app = fastify({
    bodyLimit: 1024,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // A URL that cannot be decoded is refused before any hook; the guard's answer comes first.
    frameworkErrors: async (_error, request, reply) => {
      const refused = await guard({ access, host }, request, reply);
      return refused ?? sendPage(reply, 400, 'badRequest');
    },
  });
  app.addHook('onRequest', (request, reply) => guard({ access, host }, request, reply));
  app.setNotFoundHandler((_request, reply) => sendPage(reply, 404, 'notFound'));
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const { statusCode = 500 } = error;
    if (statusCode < 500) return sendPage(reply, statusCode, 'badRequest');
    onProblem?.(error);
    return sendPage(reply, 500, 'broken');
  });
  return app;
}

async function addRoutes(app: FastifyInstance, options: ServerOptions): Promise<void> {
  const { engine, rendererFolder } = options;
  const { dataFolder } = await engine.call('status', {});
  await serveSocket(app, engine);
  serveThumbnails(app, thumbnailFolderOf(dataFolder));
  serveOriginals(app, engine);
  await serveRenderer(app, rendererFolder);
}
