// Worker processes for one piece of work: they end with it, or when it is called off.
import type { DecoderPool, EmbedderPool } from '../pools.ts';

/** Rejects with CANCELLED when `signal` is aborted. */
export async function withPool<T>(
  pool: DecoderPool | EmbedderPool,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const stop = () => pool.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stop);
    pool.close();
  }
}
