// A real server on a real engine with the tiny model, and clients that can say what browsers cannot.
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openEngine } from '../../../src/engine/engine.ts';
import { createServer, type Server } from '../../../src/server/createServer.ts';
import type { EngineApi } from '../../../src/shared/contract.ts';
import { copyPhotos, tinyModel } from '../../support/photos.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export const token = 'a-token-that-nobody-else-can-guess';

export interface Library {
  readonly engine: EngineApi;
  readonly server: Server;
  readonly photos: string;
  readonly dataFolder: string;
  readonly rendererFolder: string;
  /** Every second path a browser would ask for, and what it brings. */
  get(path: string, headers?: Headers): Promise<Reply>;
  /** The same as whoever has been given the link. */
  admitted(path: string, headers?: Headers): Promise<Reply>;
  readonly cookie: string;
  readonly origin: string;
}

type Headers = Readonly<Record<string, string>>;

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** For a test file: three photographs indexed, served to the file's end. */
export function servedLibrary(): Library {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  const photos = copyPhotos(join(folder, 'photos'), ['coffee.png', 'china.jpg', 'rocket.jpg']);
  const rendererFolder = writeRenderer(join(folder, 'renderer'));
  let engine: EngineApi;
  let server: Server;
  beforeAll(async () => {
    engine = await openEngine({ dataFolder, modelFolder: tinyModel, resources: few });
    await engine.call('index', { folders: [photos] });
    server = await createServer({ engine, rendererFolder, token, port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await server.close();
    await engine.close();
  });
  const get = (path: string, headers: Headers = {}) => ask(server.port, path, headers);
  return {
    get engine() {
      return engine;
    },
    get server() {
      return server;
    },
    get cookie() {
      return cookieFor(server);
    },
    get origin() {
      return `http://127.0.0.1:${server.port}`;
    },
    photos,
    dataFolder,
    rendererFolder,
    get,
    admitted: (path, headers = {}) => get(path, { cookie: cookieFor(server), ...headers }),
  };
}

const few = { decoders: 1, embedders: 1, threads: 1 };

export function cookieFor({ port }: Server): string {
  return `ocelli-${port}=${token}`;
}

export function writeRenderer(folder: string): string {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Ocelli</title>');
  writeFileSync(join(folder, 'assets/index-B3fc_9aQ.js'), 'export {};');
  writeFileSync(join(folder, '.secret'), 'not for anyone');
  return folder;
}

/** A request with the path exactly as given; `method` may stand in the headers, for short. */
export function ask(port: number, path: string, headers: Headers, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    outgoing.on('response', (incoming) => resolve(read(incoming)));
    outgoing.on('upgrade', (incoming, socket) => {
      socket.destroy();
      resolve({ status: 101, headers: incoming.headers, body: Buffer.alloc(0) });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

async function read(incoming: IncomingMessage): Promise<Reply> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  const { statusCode = 0, headers } = incoming;
  return { status: statusCode, headers, body: Buffer.concat(parts) };
}

export const upgradeHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': Buffer.alloc(16, 7).toString('base64'),
};

/** An open WebSocket of which nobody reads; the bytes lie in `socket` when somebody does. */
export function deafSocket(library: Library): Promise<Socket> {
  const { cookie, origin, server } = library;
  return new Promise((resolve, reject) => {
    const headers = { ...upgradeHeaders, cookie, origin };
    const outgoing = request({ host: '127.0.0.1', port: server.port, path: '/socket', headers });
    outgoing.on('upgrade', (_incoming, socket: Socket) => {
      socket.pause();
      resolve(socket);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
