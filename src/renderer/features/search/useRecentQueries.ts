// What was looked for lately: a query counts once its results have been looked at for a moment.
import { useEffect, useState } from 'react';
import { keepRecentQueries, readRecentQueries, withRecentQuery } from './recentQueries.ts';

export interface RecentQueries {
  readonly queries: readonly string[];
  clear(): void;
}

const momentMs = 1500;

export function useRecentQueries(words: string, isFound: boolean): RecentQueries {
  const [queries, setQueries] = useState(() => readRecentQueries(localStorage));
  useEffect(() => {
    if (!isFound) return;
    const timer = setTimeout(() => {
      const next = withRecentQuery(readRecentQueries(localStorage), words);
      keepRecentQueries(localStorage, next);
      setQueries(next);
    }, momentMs);
    return () => clearTimeout(timer);
  }, [words, isFound]);

  return {
    queries,
    clear() {
      keepRecentQueries(localStorage, []);
      setQueries([]);
    },
  };
}
