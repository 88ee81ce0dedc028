// What travels between the engine and a worker process. Payloads are the worker's own business;
// binary ones cross as typed arrays (structured clone), never as text.
import type { PlainError } from '../../shared/errors.ts';

export type ToWorker =
  | { readonly type: 'setUp'; readonly options: unknown }
  /** Run on these cores alone. */
  | { readonly type: 'keepTo'; readonly cores: readonly number[] }
  | { readonly type: 'job'; readonly id: number; readonly job: unknown };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly error: PlainError }
  /**
   * Now and then: resident memory, what of it is the process's own, and processor time (user and
   * system) since the start.
   */
  | {
      readonly type: 'usage';
      readonly rssBytes: number;
      readonly ownBytes: number;
      readonly cpuMs: number;
    }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError };
