// The contract over a WebSocket: calls, errors, events, and clients that misbehave.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../../../src/server/client.ts';
import { createServer, type Server } from '../../../src/server/createServer.ts';
import type { Wire } from '../../../src/server/wire.ts';
import type { EngineApi, EventName } from '../../../src/shared/contract.ts';
import { waitUntil } from '../../support/waitUntil.ts';
import { cookieFor, deafSocket, servedLibrary, token } from './support.ts';
import { Window } from './window.ts';

const library = servedLibrary();
const windows: Window[] = [];

async function openWindow(server = library.server): Promise<Window> {
  const window = await Window.open(server.port, cookieFor(server));
  windows.push(window);
  return window;
}

afterEach(() => {
  for (const window of windows.splice(0)) window.close();
});

describe('a call', () => {
  it('is answered under its number, whatever else is under way', async () => {
    const window = await openWindow();
    const [status, found] = await Promise.all([
      window.call('status', {}),
      window.call('search', { words: 'coffee', limit: 1 }),
    ]);
    expect(status).toMatchObject({ output: { indexed: 3, dataFolder: library.dataFolder } });
    expect(found).toMatchObject({ output: { query: 'coffee' } });
  });

  it('that fails brings its code and says why', async () => {
    const window = await openWindow();
    expect(await window.call('photo', { photo: 999_999 })).toMatchObject({
      error: { code: 'PHOTO_UNKNOWN' },
    });
    expect(await window.call('search', { words: 7 })).toMatchObject({
      error: { code: 'ARGUMENT', message: expect.stringContaining('words') },
    });
    expect(await window.call('forget', { folder: '/not/known' })).toMatchObject({
      error: { code: 'ROOT_UNKNOWN' },
    });
  });

  it('may carry a picture of many megabytes', async () => {
    const window = await openWindow();
    const imageData = 'A'.repeat(20_000_000);
    const answer = await window.call('search', { imageData });
    expect(answer).toMatchObject({ error: { code: expect.any(String) } });
    expect(answer).not.toMatchObject({ error: { code: 'INTERNAL' } });
  });
});

describe('a message that is none', () => {
  it.each<[text: string, id: number | null]>([
    ['', null],
    ['{', null],
    ['null', null],
    ['[]', null],
    ['7', null],
    ['{"id":-1,"call":"status","input":{}}', null],
    ['{"id":"1","call":"status","input":{}}', null],
    ['{"id":5,"call":"close","input":{}}', 5],
    ['{"id":6,"call":"__proto__","input":{}}', 6],
    ['{"id":7,"call":"constructor"}', 7],
    ['{"id":8}', 8],
    ['['.repeat(100_000), null],
  ])('is answered as such: case %#', async (text, id) => {
    const window = await openWindow();
    window.send(text);
    const answer = await window.answerTo(id);
    expect(answer).toMatchObject({ error: { code: 'ARGUMENT' } });
    expect(await window.call('status', {})).toHaveProperty('output');
  });

  it('nor is one of bytes', async () => {
    const window = await openWindow();
    window.sendBytes(Buffer.from('{"id":1,"call":"status","input":{}}'));
    expect(await window.answerTo(null)).toMatchObject({ error: { code: 'ARGUMENT' } });
  });

  it('too large a one ends its connection and no other', async () => {
    const [window, other] = [await openWindow(), await openWindow()];
    window.send('x'.repeat(70_100_000));
    await window.closed;
    expect(await other.call('status', {})).toHaveProperty('output');
  });
});

describe('an event', () => {
  it('reaches every window that is open, and the calls of others go on', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    const report = await one.call('index', { folders: [library.photos] });
    expect(report).toMatchObject({ output: { indexed: 3 } });
    await waitUntil('both have seen progress', () =>
      [one, two].every((window) => window.events.some(({ event }) => event === 'progress')),
    );
    expect(two.answers).toEqual([]);
  });

  it('does not end with the window that asked for the work', async () => {
    const [one, two] = [await openWindow(), await openWindow()];
    one.send(JSON.stringify({ id: 1, call: 'index', input: { folders: [] } }));
    one.close();
    await waitUntil('the run is over', async () => {
      const answer = await two.call('status', {});
      return !('running' in Object(Object(answer).output));
    });
    expect(await two.call('status', {})).toMatchObject({ output: { indexed: 3 } });
  });
});

describe('a slow window', () => {
  it('gets the newest progress, all notices, and lets the others be', async () => {
    const { engine, emit } = loudEngine(library.engine);
    const server = await createServer({
      engine,
      rendererFolder: library.rendererFolder,
      token,
      port: 0,
      host: '127.0.0.1',
    });
    const deaf = await deafSocket({
      ...library,
      server,
      cookie: cookieFor(server),
      origin: `http://127.0.0.1:${server.port}`,
    });
    const quick = await openWindow(server);
    const filler = 'x'.repeat(200_000);
    for (let i = 1; i <= 300; i++) {
      emit('progress', { i, filler });
      if (i % 100 === 0) emit('notice', { message: `notice ${i}` });
      await sleep(0);
    }
    await waitUntil('the quick one has the newest', () =>
      quick.events.some(({ payload }) => Object(payload).i === 300),
    );
    let heard = '';
    deaf.on('data', (part: Buffer) => {
      heard += part.toString('latin1').replaceAll('x', '');
    });
    deaf.resume();
    await waitUntil('the slow one has the newest', () => heard.includes('{"i":300,'));
    for (const i of [100, 200, 300]) expect(heard).toContain(`notice ${i}`);
    expect(heard.split('"progress"').length - 1).toBeLessThan(200);
    deaf.destroy();
    await server.close();
  });
});

describe('a window that has vanished', () => {
  it('is let go when it has not answered for a beat; one that answers stays', () => {
    const { wire, done, pong } = silentWire();
    const client = new Client(library.engine, wire);
    client.beat();
    pong();
    client.beat();
    expect(done).toEqual(['ping', 'ping']);
    client.beat();
    expect(done).toEqual(['ping', 'ping', 'terminate']);
  });
});

describe('closing', () => {
  it('ends within a second or two, open windows, deaf ones and kept connections or not', async () => {
    const server = await serverBeside();
    const window = await openWindow(server);
    const deaf = await deafSocket({
      ...library,
      server,
      cookie: cookieFor(server),
      origin: `http://127.0.0.1:${server.port}`,
    });
    await fetch(`http://127.0.0.1:${server.port}/`, { headers: { cookie: cookieFor(server) } });
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).toBeLessThan(3000);
    expect(await window.closed).toBe(1001);
    deaf.destroy();
    expect(await library.engine.call('status', {})).toMatchObject({ indexed: 3 });
  });

  it('frees the port; before, it is said to be taken', async () => {
    const server = await serverBeside();
    await expect(serverBeside(server.port)).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    await server.close();
    await (await serverBeside(server.port)).close();
  });

  it('says what is wrong with a host that is none', async () => {
    await expect(serverBeside(0, '192.0.2.1')).rejects.toMatchObject({ code: 'ARGUMENT' });
  });

  it('says what to run where the renderer is not built', async () => {
    const { engine, photos: rendererFolder } = library;
    const options = { engine, rendererFolder, token, port: 0, host: '127.0.0.1' };
    await expect(createServer(options)).rejects.toMatchObject({ code: 'RENDERER_MISSING' });
  });
});

function serverBeside(port = 0, host = '127.0.0.1'): Promise<Server> {
  const { engine, rendererFolder } = library;
  return createServer({ engine, rendererFolder, token, port, host });
}

/** The real engine, except that the test says what happens: more than any run would tell. */
function loudEngine(real: EngineApi) {
  const listeners = new Map<EventName, (payload: never) => void>();
  const engine: EngineApi = {
    call: (name, input) => real.call(name, input),
    on(name, listener) {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    close: () => real.close(),
  };
  const emit = (name: EventName, payload: unknown) => listeners.get(name)?.(payload as never);
  return { engine, emit };
}

/** Not a real connection: nobody wants to wait for the half minute between two beats. */
function silentWire() {
  const done: string[] = [];
  let pong = () => {};
  const wire: Wire = {
    bufferedAmount: 0,
    send: () => done.push('send'),
    close: () => done.push('close'),
    terminate: () => done.push('terminate'),
    ping: () => done.push('ping'),
    on(event: string, listener: (...nothing: never[]) => void) {
      if (event === 'pong') pong = listener;
    },
  };
  return { wire, done, pong: () => pong() };
}
