// `ocelli serve`: the library in a browser, until Ctrl-C. Other commands join its engine meanwhile.
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { createServer, type Server, type ServerOptions } from '../../server/createServer.ts';
import { openLink } from '../../server/openLink.ts';
import { isLoopback, isWildcard } from '../../server/ownHosts.ts';
import { builtRenderer } from '../../server/rendererFolder.ts';
import { tokenOf } from '../../server/token.ts';
import type { EngineApi } from '../../shared/contract.ts';
import { OcelliError, toPlainError } from '../../shared/errors.ts';
import { exitCodes } from '../exitCodes.ts';
import { describe } from '../reportError.ts';
import type { Settings } from '../settings.ts';
import { stayingEngine } from '../withEngine.ts';

export interface ServeOptions {
  /** 0: the usual one, or the next that is free. */
  readonly port: number;
  readonly host?: string;
  readonly open?: boolean;
  /** Another build of the pages than the one in out/. */
  readonly renderer?: string;
}

const usualPort = 4747;
const portsToTry = 20;

export async function serveCommand(settings: Settings, options: ServeOptions): Promise<number> {
  // Folders are watched: this engine stays.
  const staying: Settings = { ...settings, watch: true };
  // From here on: Ctrl-C while the engine opens ends in order as well.
  const stop = stopSignal();
  await stayingEngine(staying, async (engine) => {
    const server = await start(engine, settings, options);
    try {
      await announce(server, options);
      await stop;
    } finally {
      await server.close();
    }
  });
  return exitCodes.done;
}

async function start(
  engine: EngineApi,
  { dataFolder }: Settings,
  { port, host = '127.0.0.1', renderer }: ServeOptions,
): Promise<Server> {
  return createServerNear({
    engine,
    rendererFolder: renderer === undefined ? builtRenderer() : resolve(renderer),
    token: await tokenOf(dataFolder),
    port,
    host,
    onProblem: (error) => console.error(describe(toPlainError(error))),
  });
}

/** @throws PORT_TAKEN for a port that was asked for, or where the usual ones are all taken */
async function createServerNear(options: ServerOptions): Promise<Server> {
  if (options.port !== 0) return createServer(options);
  for (let port = usualPort; ; port++) {
    try {
      return await createServer({ ...options, port });
    } catch (error) {
      const isTaken = error instanceof OcelliError && error.code === 'PORT_TAKEN';
      if (!isTaken || port === usualPort + portsToTry - 1) throw error;
    }
  }
}

async function announce(server: Server, { host = '127.0.0.1', open }: ServeOptions): Promise<void> {
  if (!isLoopback(host)) {
    console.error(
      `ocelli: --host ${host} makes the library reachable over the network, without encryption: ` +
        'whoever has the link can see and search all photographs.',
    );
  }
  console.log(`Ocelli is at ${server.link()}`);
  for (const address of isWildcard(host) ? addresses() : []) {
    console.log(`    and at ${server.link(address)}`);
  }
  console.log('The link is this library’s key: keep it to yourself. Ctrl-C ends Ocelli.');
  if (open && !(await openLink(server.ticketLink()))) {
    console.error('ocelli: no browser could be opened; follow the link.');
  }
}

/** At which others in the network reach this machine. */
function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}

/** Settles at the first signal; later ones change nothing, as a Ctrl-C may come twice. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
}
