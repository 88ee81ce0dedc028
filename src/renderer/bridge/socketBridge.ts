// The bridge in a browser: one WebSocket to `ocelli serve`, opened again when it was lost.
import { z } from 'zod';
import { calls, type EventName, events } from '../../shared/contract.ts';
import { errorCodes, fromPlainError, OcelliError } from '../../shared/errors.ts';
import { pictureUrls } from '../../shared/host.ts';
import type { Bridge } from './bridge.ts';

const messageSchema = z.union([
  z.object({ id: z.number(), output: z.unknown() }),
  z.object({
    id: z.number(),
    error: z.object({ code: z.enum(errorCodes), message: z.string() }),
  }),
  z.object({ event: z.string(), payload: z.unknown() }),
]);

interface Waiting {
  resolve(output: unknown): void;
  reject(error: OcelliError): void;
}

const reconnectMs = 1000;

export function createSocketBridge(): Bridge {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  /** Sent as soon as the socket is open. */
  const unsent: string[] = [];
  let nextId = 1;
  let socket = connect();

  function connect(): WebSocket {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const opened = new WebSocket(`${scheme}//${location.host}/socket`);
    opened.addEventListener('open', () => {
      for (const message of unsent.splice(0)) opened.send(message);
      for (const listener of connectionListeners) listener(true);
    });
    opened.addEventListener('message', (event) => receive(String(event.data)));
    opened.addEventListener('close', () => {
      lose();
      setTimeout(() => {
        socket = connect();
      }, reconnectMs);
    });
    return opened;
  }

  function receive(text: string): void {
    const message = messageSchema.safeParse(JSON.parse(text));
    if (!message.success) return;
    if ('event' in message.data) {
      const { event, payload } = message.data;
      for (const listener of listeners.get(event) ?? []) listener(payload);
      return;
    }
    const call = waiting.get(message.data.id);
    waiting.delete(message.data.id);
    if ('error' in message.data) call?.reject(fromPlainError(message.data.error));
    else call?.resolve(message.data.output);
  }

  function lose(): void {
    const error = new OcelliError('DATA_IN_USE', 'The connection to Ocelli was lost.');
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
    for (const listener of connectionListeners) listener(false);
  }

  return {
    async call(name, input) {
      const id = nextId++;
      const text = JSON.stringify({ id, call: name, input });
      const output = await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
        else unsent.push(text);
      });
      return calls[name].output.parse(output) as never;
    },
    on(name: EventName, listener) {
      const wrapped = (payload: unknown) => {
        const parsed = events[name].safeParse(payload);
        if (parsed.success) listener(parsed.data as never);
      };
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(wrapped);
      return () => void set.delete(wrapped);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      // It may have opened before anyone listened.
      if (socket.readyState === WebSocket.OPEN) listener(true);
      return () => void connectionListeners.delete(listener);
    },
    host: undefined,
    thumbnailUrl: (sha256) => pictureUrls.browser.thumbnails + sha256,
    originalUrl: (photo) => `${pictureUrls.browser.originals}${photo}`,
  };
}
