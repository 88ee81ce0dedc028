// Reads of the whole library (its months, its folders, all names with a word in them) without holding
// up whoever asks: in a thread, over a connection of its own. In a library of 100,000 photos such a
// read takes up to 200 ms, and the process that asks has a window to keep alive.
//
// A read sees all that was committed before it was asked for. The thread starts with the first read,
// or before it, where one is sure to come.
import { Worker } from 'node:worker_threads';
import { besideModule } from '../../shared/besideModule.ts';
import { fromPlainError, OcelliError } from '../../shared/errors.ts';
import type { ReadAnswer, ReadRequest } from './readerThread.ts';
import type { Reads } from './reads.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: OcelliError): void;
}

export class Reader {
  private readonly path: string;
  private readonly waiting = new Map<number, Waiting>();
  private thread: Worker | undefined;
  private lastId = 0;
  private closed = false;

  /** @param path of the catalogue, which must be there already. */
  constructor(path: string) {
    this.path = path;
  }

  /** Starts the thread, which takes as long as an index takes to open: the first read finds it there. */
  warm(): void {
    if (this.closed || this.thread) return;
    this.thread = this.start();
    this.thread.unref();
  }

  /** @throws DATA_DAMAGED, DATA_UNWRITABLE */
  read<Name extends keyof Reads>(
    name: Name,
    ...args: Parameters<Reads[Name]>
  ): Promise<ReturnType<Reads[Name]>> {
    if (this.closed) return Promise.reject(lost('it has been closed'));
    this.thread ??= this.start();
    const { thread } = this;
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {
        resolve: (value) => resolve(value as ReturnType<Reads[Name]>),
        reject,
      });
      // Only while somebody waits does the thread keep the process alive.
      thread.ref();
      thread.postMessage({ id, name, args } satisfies ReadRequest);
    });
  }

  /** Lets what is being read come to its end. To be called before the catalogue is closed. */
  async close(): Promise<void> {
    if (this.closed || !this.thread) {
      this.closed = true;
      return;
    }
    const last = this.read('close').catch(() => undefined);
    this.closed = true;
    await last;
    await this.thread?.terminate();
  }

  private start(): Worker {
    const thread = new Worker(besideModule(import.meta.url, 'readerThread'), {
      workerData: this.path,
    });
    thread.on('message', (answer: ReadAnswer) => this.settle(answer));
    thread.on('error', (error) => this.giveUp(thread, error.message));
    thread.on('exit', () => this.giveUp(thread, 'it has ended'));
    return thread;
  }

  private settle(answer: ReadAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.thread?.unref();
    if ('error' in answer) waiting?.reject(fromPlainError(answer.error));
    else waiting?.resolve(answer.value);
  }

  /** The next read starts another thread. */
  private giveUp(thread: Worker, why: string): void {
    if (this.thread !== thread) return;
    this.thread = undefined;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(lost(why));
  }
}

function lost(why: string): OcelliError {
  return new OcelliError('INTERNAL', `The catalogue was not read: ${why}.`);
}
