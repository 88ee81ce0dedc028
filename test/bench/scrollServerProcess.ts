// Serves a library as `ocelli serve` does, except that it does not look for changes: the photos of a
// generated library are not there. Sends its link; ends when its parent lets go of it.
import { openEngine } from '../../src/engine/engine.ts';
import { createServer } from '../../src/server/createServer.ts';
import { tokenOf } from '../../src/server/token.ts';

const [dataFolder = '', rendererFolder = ''] = process.argv.slice(2);
const engine = await openEngine({ dataFolder });
const token = await tokenOf(dataFolder);
const server = await createServer({ engine, rendererFolder, token, port: 0, host: '127.0.0.1' });
process.once('disconnect', async () => {
  await server.close();
  await engine.close();
  process.exit(0);
});
process.send?.({ link: server.link() });
