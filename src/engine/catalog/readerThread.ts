// The thread's side of reader.ts: one read after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { toPlainError } from '../../shared/errors.ts';
import { openReads, type Reads } from './reads.ts';

/** One of `Reads` by name, with its arguments. */
export interface ReadRequest {
  readonly id: number;
  readonly name: keyof Reads;
  readonly args: readonly unknown[];
}

export type ReadAnswer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: ReturnType<typeof toPlainError> }
);

const reads = openReads(workerData as string);

parentPort?.on('message', ({ id, name, args }: ReadRequest) => {
  parentPort?.postMessage(
    answer(id, () => (reads[name] as (...args: unknown[]) => unknown)(...args)),
  );
  if (name === 'close') parentPort?.close();
});

function answer(id: number, read: () => unknown): ReadAnswer {
  try {
    return { id, value: read() };
  } catch (error) {
    return { id, error: toPlainError(error) };
  }
}
