// The contract between two processes of one person on one machine: `ocelli search` in one terminal
// while `ocelli index` runs in another. A socket (a named pipe on Windows) that only its owner can
// open; nothing listens on the network.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, rmdir } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node.js';
import { z } from 'zod';
import {
  type CallName,
  calls,
  type EngineApi,
  type EventName,
  events,
} from '../shared/contract.ts';
import { fromPlainError, isErrorCode, OcelliError, toPlainError } from '../shared/errors.ts';
import { replaceFile } from '../shared/replaceFile.ts';

/** In the data folder: where the engine that works with it can be reached. */
const addressFile = 'engine.json';
const addressSchema = z.object({ socket: z.string(), pid: z.number(), stays: z.boolean() });

/** Any number that JSON-RPC leaves to applications; the code that matters is in the data. */
const applicationError = 1;

/**
 * Lets other processes call this engine. Returns how to end that.
 * @param options.stays whether it lives on after a run, so that others may begin one in it.
 */
export async function shareEngine(
  engine: EngineApi,
  dataFolder: string,
  { stays }: { readonly stays: boolean },
): Promise<() => Promise<void>> {
  await clearLeftSocket(dataFolder);
  const socket = await newSocketPath();
  const connections = new Set<Socket>();
  const server = createServer((stream) => {
    connections.add(stream);
    stream.on('close', () => connections.delete(stream));
    answer(engine, stream);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  // It alone keeps no process alive.
  server.unref();
  await writeAddress(dataFolder, socket, stays);
  return async () => {
    server.close();
    for (const stream of connections) stream.destroy();
    await rm(join(dataFolder, addressFile), { force: true });
    if (process.platform !== 'win32') await rm(dirname(socket), { recursive: true, force: true });
  };
}

/** An engine in another process. `close` ends the connection, not the engine. */
export interface EngineElsewhere extends EngineApi {
  readonly stays: boolean;
}

/** Undefined where no engine works with this folder now. */
export async function connectToEngine(dataFolder: string): Promise<EngineElsewhere | undefined> {
  const text = await readFile(join(dataFolder, addressFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const address = addressSchema.safeParse(parseJson(text));
  if (!address.success) return undefined;
  const stream = await reach(address.data.socket);
  return stream && { ...remoteEngine(stream), stays: address.data.stays };
}

function answer(engine: EngineApi, stream: Socket): void {
  const connection = open(stream);
  for (const name of Object.keys(calls) as CallName[]) {
    connection.onRequest(name, (input: unknown) =>
      // engine.call parses its input; what arrives here is not trusted before that.
      engine.call(name, input as never).catch((error: unknown) => {
        const plain = toPlainError(error);
        throw new ResponseError(applicationError, plain.message, plain);
      }),
    );
  }
  const stop = (Object.keys(events) as EventName[]).map((name) =>
    engine.on(name, (payload) => void connection.sendNotification(name, payload).catch(() => {})),
  );
  stream.on('close', () => {
    for (const off of stop) off();
    connection.dispose();
  });
  connection.listen();
}

function remoteEngine(stream: Socket): EngineApi {
  const connection = open(stream);
  // JSON-RPC leaves a call for ever unanswered whose other end has gone.
  const gone = new Promise<never>((_, reject) => {
    stream.once('close', () => reject(new Error('it closed the connection')));
  });
  gone.catch(() => {});
  connection.listen();
  return {
    async call(name, input) {
      const answer = Promise.race([connection.sendRequest(name, input), gone]);
      const output = await answer.catch((error: unknown) => {
        throw asOurs(error);
      });
      return calls[name].output.parse(output) as never;
    },
    on(name, listener) {
      const subscription = connection.onNotification(name, (payload: unknown) => {
        const parsed = events[name].safeParse(payload);
        if (parsed.success) listener(parsed.data as never);
      });
      return () => subscription.dispose();
    },
    async close() {
      stream.destroy();
    },
  };
}

function open(stream: Socket): MessageConnection {
  const connection = createMessageConnection(
    new StreamMessageReader(stream),
    new StreamMessageWriter(stream),
  );
  // A peer that ends in the middle is no event of its own: its calls are rejected.
  connection.onError(() => {});
  stream.on('error', () => {});
  return connection;
}

function asOurs(error: unknown): OcelliError {
  if (error instanceof ResponseError && isErrorCode(error.data?.code)) {
    return fromPlainError({ code: error.data.code, message: error.message });
  }
  const said = error instanceof Error ? error.message : String(error);
  return new OcelliError('DATA_IN_USE', `The Ocelli that has this data folder ended (${said}).`, {
    cause: error,
  });
}

function reach(socket: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const stream = connect(socket);
    stream.once('connect', () => resolve(stream));
    // The process is gone and left its address behind.
    stream.once('error', () => resolve(undefined));
  });
}

/**
 * A process that was killed leaves its socket behind. Whoever shares an engine now has the data folder
 * to itself, so nobody answers there any more.
 */
async function clearLeftSocket(dataFolder: string): Promise<void> {
  if (process.platform === 'win32') return; // pipes end with their process
  const text = await readFile(join(dataFolder, addressFile), 'utf8').catch(() => '');
  const folder = dirname(leftSocket(text) ?? '');
  if (!/^ocelli-\w{6}$/.test(basename(folder))) return;
  await rm(join(folder, 'socket'), { force: true }).catch(() => undefined);
  // Only while it is empty: nothing that is not ours goes with it.
  await rmdir(folder).catch(() => undefined);
}

function leftSocket(text: string): string | undefined {
  try {
    return addressSchema.parse(JSON.parse(text)).socket;
  } catch {
    return undefined;
  }
}

/** A folder of its own, 0700: the data folder's path may be too long for a socket (107 bytes). */
async function newSocketPath(): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\ocelli-${randomUUID()}`;
  return join(await ownFolder(), 'socket');
}

async function ownFolder(): Promise<string> {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  // Under sudo, cron and the like it may name a folder that is not there, or somebody else's.
  const own = runtime && (await mkdtemp(join(runtime, 'ocelli-')).catch(() => undefined));
  return own || mkdtemp(join(tmpdir(), 'ocelli-'));
}

async function writeAddress(dataFolder: string, socket: string, stays: boolean): Promise<void> {
  const address = JSON.stringify({ socket, pid: process.pid, stays });
  await replaceFile(join(dataFolder, addressFile), address, 0o600);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
