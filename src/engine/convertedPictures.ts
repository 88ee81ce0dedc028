// Pictures for browsers, of photos that they cannot decode (HEIC, TIFF). Made when they are looked at,
// in a process of their own that ends when nobody looks any more; the last ones are kept, as whoever
// steps through photos asks for each twice.
import { stat } from 'node:fs/promises';
import { OcelliError } from '../shared/errors.ts';
import { Recent } from '../shared/recent.ts';
import type { Transport } from './pool/transport.ts';
import { type ConverterPool, createConverters } from './pools.ts';

/** One on the screen, its neighbours, and theirs: some 15 MB of JPEGs. */
const mostKept = 5;
const idleMs = 60_000;

export class ConvertedPictures {
  private readonly transport: Transport;
  private readonly recent = new Recent<Uint8Array>(mostKept);
  private readonly waiting: (() => void)[] = [];
  private pool: ConverterPool | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;
  private isClosed = false;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** @returns a JPEG. @throws as convertedPicture does, DECODER_DIED, DECODER_HUNG, CANCELLED */
  async of(path: string): Promise<Uint8Array> {
    const file = await stat(path).catch(() => undefined);
    const key = `${file?.mtimeMs} ${file?.size} ${path}`;
    return this.recent.get(key, () => this.make(path));
  }

  close(): void {
    this.isClosed = true;
    this.end();
    for (const work of this.waiting.splice(0)) work();
  }

  /** Whoever steps on no longer waits for the photos before: the last one asked for comes first. */
  private make(path: string): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        if (this.isClosed) return reject(new OcelliError('CANCELLED', 'The library is closed.'));
        clearTimeout(this.timer);
        this.pool ??= createConverters(this.transport);
        this.pool
          .run({ path })
          .then(resolve, reject)
          .finally(() => this.next());
      });
      if (!this.isBusy) this.next();
    });
  }

  private next(): void {
    const work = this.waiting.pop();
    this.isBusy = work !== undefined;
    if (work) work();
    else if (!this.isClosed) this.timer = setTimeout(() => this.end(), idleMs).unref();
  }

  private end(): void {
    clearTimeout(this.timer);
    this.pool?.close();
    this.pool = undefined;
  }
}
