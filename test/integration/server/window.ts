// The other end of /socket, as a browser has it, except that it keeps everything it is told.
import { z } from 'zod';
import { waitUntil } from '../../support/waitUntil.ts';

const answerSchema = z.looseObject({ id: z.number().nullable() });
const eventSchema = z.object({ event: z.string(), payload: z.unknown() });

export class Window {
  readonly answers: z.infer<typeof answerSchema>[] = [];
  readonly events: z.infer<typeof eventSchema>[] = [];
  /** The code it was closed with. */
  readonly closed: Promise<number>;
  private readonly socket: WebSocket;
  private calls = 1000;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code }) => resolve(code));
    });
    socket.addEventListener('message', ({ data }) => this.receive(JSON.parse(String(data))));
  }

  static async open(port: number, cookie: string): Promise<Window> {
    const headers = { cookie, origin: `http://127.0.0.1:${port}` };
    // Node's takes headers; the types are those of browsers, which choose theirs themselves.
    const url = `ws://127.0.0.1:${port}/socket`;
    const socket: WebSocket = Reflect.construct(WebSocket, [url, { headers }]);
    const window = new Window(socket);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return window;
  }

  async call(call: string, input: unknown): Promise<unknown> {
    this.calls += 1;
    this.send(JSON.stringify({ id: this.calls, call, input }));
    return this.answerTo(this.calls);
  }

  async answerTo(id: number | null): Promise<unknown> {
    const find = () => this.answers.find((answer) => answer.id === id);
    await waitUntil(`call ${id} is answered`, () => find() !== undefined);
    return find();
  }

  send(text: string): void {
    this.socket.send(text);
  }

  sendBytes(bytes: Buffer<ArrayBuffer>): void {
    this.socket.send(bytes);
  }

  close(): void {
    this.socket.close();
  }

  private receive(message: unknown): void {
    const event = eventSchema.safeParse(message);
    if (event.success) this.events.push(event.data);
    else this.answers.push(answerSchema.parse(message));
  }
}
