// /socket: the contract over a WebSocket, for as many windows as there are.
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { type EngineApi, type EventName, events } from '../shared/contract.ts';
import { Client } from './client.ts';
import type { Wire } from './wire.ts';

/** The largest message is a search by a picture of 70 million base64 letters; some for the rest. */
const mostBytes = 70_000_000 + 64 * 1024;
const beatMs = 30_000;

export async function serveSocket(app: FastifyInstance, engine: EngineApi): Promise<void> {
  const clients = new Set<Client>();
  const stopListening = (Object.keys(events) as EventName[]).map((event) =>
    engine.on(event, (payload) => {
      if (clients.size === 0) return;
      const text = JSON.stringify({ event, payload });
      for (const client of clients) client.event(event, text);
    }),
  );
  const beat = setInterval(() => {
    for (const client of clients) client.beat();
  }, beatMs);

  await app.register(websocket, {
    options: { maxPayload: mostBytes, perMessageDeflate: false },
    // A connection that breaks is no event of its own; too large a message breaks it as well (1009).
    errorHandler: (_error, socket: Wire) => socket.terminate(),
    preClose(done) {
      clearInterval(beat);
      for (const stop of stopListening) stop();
      for (const client of clients) client.close();
      this.websocketServer.close();
      done();
    },
  });
  app.get('/socket', { websocket: true }, (socket: Wire) => {
    const client = new Client(engine, socket);
    clients.add(client);
    socket.on('close', () => clients.delete(client));
  });
}
