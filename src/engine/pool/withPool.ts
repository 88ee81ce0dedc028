// Worker processes for one piece of work: they end with it, or when it is called off.

/** One pool, or several that close as one. Their work rejects with CANCELLED when `signal` is aborted. */
export async function withPool<T>(
  pool: { close(): void },
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
    stop();
  }
}
