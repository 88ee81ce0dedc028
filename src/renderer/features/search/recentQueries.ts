// The last things that were looked for, kept on this machine.
const key = 'ocelli.recentQueries';
const most = 8;

export function readRecentQueries(storage: { getItem(key: string): string | null }): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((query) => typeof query === 'string') : [];
  } catch {
    return [];
  }
}

/** The newest first; what grew out of an earlier query takes its place. */
export function withRecentQuery(queries: readonly string[], query: string): string[] {
  const words = query.trim();
  if (words.length < 2) return [...queries];
  const others = queries.filter((other) => !words.toLowerCase().startsWith(other.toLowerCase()));
  return [words, ...others].slice(0, most);
}

export function keepRecentQueries(
  storage: { setItem(key: string, value: string): void },
  queries: readonly string[],
): void {
  try {
    storage.setItem(key, JSON.stringify(queries));
  } catch {
    // A full or forbidden storage only means that nothing is remembered.
  }
}
