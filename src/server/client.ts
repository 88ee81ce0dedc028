// One browser window at the other end of /socket: its calls are answered as they are done, and
// events reach it no faster than it reads.
import type { EngineApi, EventName } from '../shared/contract.ts';
import { toPlainError } from '../shared/errors.ts';
import { type Answer, parseRequest, type Request } from './socketMessages.ts';
import type { Wire } from './wire.ts';

/** Unread bytes from which on a client counts as slow. */
export const slowBytes = 1024 * 1024;
/** Unread bytes at which a client that goes on asking is given up. */
const deafBytes = 256 * 1024 * 1024;

export class Client {
  private readonly engine: EngineApi;
  private readonly wire: Wire;
  /** For a slow client: of each event the newest, until it has caught up. */
  private readonly held = new Map<EventName, string>();
  private heard = true;

  constructor(engine: EngineApi, wire: Wire) {
    this.engine = engine;
    this.wire = wire;
    wire.on('message', (data, isBinary) => void this.receive(isBinary ? '' : data.toString()));
    wire.on('pong', () => {
      this.heard = true;
    });
  }

  /**
   * Of progress, settings and 'the library changed' only the newest matters, and a slow client gets
   * just that. Every notice counts.
   * @param text the whole message, as JSON.
   */
  event(name: EventName, text: string): void {
    if (name !== 'notice' && this.wire.bufferedAmount > slowBytes) this.held.set(name, text);
    else this.write(text);
  }

  /** To be called every so often: ends a connection whose other end has vanished. */
  beat(): void {
    if (this.heard) this.wire.ping();
    else this.wire.terminate();
    this.heard = false;
  }

  /** Says good-bye; whoever does not answer that is cut off. */
  close(): void {
    this.wire.close(1001, 'Ocelli ends');
    setTimeout(() => this.wire.terminate(), 500).unref();
  }

  private async receive(text: string): Promise<void> {
    const request = parseRequest(text);
    this.write(JSON.stringify('call' in request ? await this.answer(request) : request));
    if (this.wire.bufferedAmount > deafBytes) this.wire.terminate();
  }

  private async answer({ id, call, input }: Request): Promise<Answer> {
    try {
      // The engine parses its input; what arrives here is not trusted before that.
      return { id, output: await this.engine.call(call, input as never) };
    } catch (error) {
      return { id, error: toPlainError(error) };
    }
  }

  private write(text: string): void {
    this.wire.send(text, () => this.catchUp());
  }

  private catchUp(): void {
    for (const [name, text] of this.held) {
      if (this.wire.bufferedAmount > slowBytes) return;
      this.held.delete(name);
      this.write(text);
    }
  }
}
