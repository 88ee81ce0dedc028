// Asks the engine for what the page is looking for. While a new answer is awaited the old one stays;
// an answer that comes after a newer question is thrown away. As the library changes, what is shown
// is asked for again, quietly.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Hit, SearchRequest } from '../../../shared/contract.ts';
import { asOcelliError, type OcelliError } from '../../../shared/errors.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useStore } from '../../store/store.ts';
import { reuseHits } from './reuseHits.ts';
import { scoreGap } from './scoreGap.ts';

export interface Found {
  readonly request: SearchRequest;
  readonly hits: readonly Hit[];
  readonly tookMs: number;
  /** The score of the last good result, if weaker ones follow. */
  readonly gap: number | undefined;
  /** Whether the engine may have more. */
  readonly more: boolean;
}

interface Search {
  readonly found: Found | undefined;
  readonly error: OcelliError | undefined;
  readonly busy: boolean;
  /** How long the last answer took from here and back; undefined before the first. */
  lastMs(): number | undefined;
  loadMore(): void;
  /** Asks the same again, after an error. */
  again(): void;
}

const pageSize = 100;
const mostHits = 500;
const refreshMs = 2000;

/** @param request the same object as long as nothing else is looked for */
export function useSearch(request: SearchRequest | undefined): Search {
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState<OcelliError>();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const newest = useRef<SearchRequest>(undefined);
  const roundTrip = useRef<number>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    let isCurrent = true;
    newest.current = request;
    setError(undefined);
    setBusy(request !== undefined);
    if (request) {
      const start = performance.now();
      searchPage(request, 0, pageSize)
        .then((page) => {
          if (!isCurrent) return;
          roundTrip.current = performance.now() - start;
          setFound({ request, ...page, gap: gapOf(page.hits) });
        })
        .catch((thrown: unknown) => isCurrent && setError(asOcelliError(thrown)))
        .finally(() => isCurrent && setBusy(false));
    } else {
      setFound(undefined);
    }
    return () => {
      isCurrent = false;
    };
  }, [request, attempt]);

  const loadMore = useCallback(() => {
    if (busy || !found?.more || found.request !== newest.current) return;
    setBusy(true);
    searchPage(found.request, found.hits.length, pageSize)
      .then(({ hits, more }) => {
        if (found.request !== newest.current) return;
        const known = new Set(found.hits.map(({ photo }) => photo));
        const fresh = hits.filter(({ photo }) => !known.has(photo));
        setFound({ ...found, hits: [...found.hits, ...fresh], more });
      })
      .catch((thrown: unknown) => setError(asOcelliError(thrown)))
      .finally(() => setBusy(false));
  }, [busy, found]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  const refresh = useCallback(async () => {
    if (!found || found.request !== newest.current) return;
    const page = await searchPage(found.request, 0, Math.max(pageSize, found.hits.length));
    setFound((shown) => {
      // Another question, or more of the same, has been asked meanwhile: that answer counts.
      if (shown !== found) return shown;
      const hits = reuseHits(shown.hits, page.hits);
      return hits === shown.hits && page.more === shown.more
        ? shown
        : { ...shown, hits, more: page.more, gap: gapOf(hits) };
    });
  }, [found]);
  useFreshness(error ? again : refresh, request !== undefined && !busy, found?.request);
  return { found, error, busy, lastMs: () => roundTrip.current, loadMore, again };
}

/**
 * Photos come while one looks: what is found is asked for again, now and then, and once they rest; and
 * when a connection that was lost is there again. Who types is not held up by that: an answer is fresh
 * for as long as one that was asked for again.
 */
function useFreshness(refresh: () => unknown, applies: boolean, answered: unknown): void {
  const version = useStore((store) => store.libraryVersion);
  const connected = useStore((store) => store.connected);
  const asked = useRef({ version, connected, at: 0 });
  const latest = useRef(refresh);
  latest.current = refresh;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer to another question
  useEffect(() => {
    asked.current.at = Date.now();
  }, [answered]);
  useEffect(() => {
    const before = asked.current;
    if (!connected) before.connected = false;
    if (!applies || !connected) return;
    if (version === before.version && before.connected) return;
    const wait = Math.max(0, before.at + refreshMs - Date.now());
    const timer = setTimeout(async () => {
      asked.current = { version, connected, at: Date.now() };
      // What is shown stays; the next change asks again.
      await Promise.resolve(latest.current()).catch(() => undefined);
    }, wait);
    return () => clearTimeout(timer);
  }, [version, connected, applies]);
}

function gapOf(hits: readonly Hit[]): number | undefined {
  return scoreGap(hits.slice(0, pageSize).map((hit) => hit.score));
}

async function searchPage(
  request: SearchRequest,
  offset: number,
  limit: number,
): Promise<{ hits: readonly Hit[]; tookMs: number; more: boolean }> {
  const answer = await bridge.call('search', { ...request, offset, limit });
  const more = answer.hits.length === limit && offset + limit < mostHits;
  return { hits: answer.hits, tookMs: answer.tookMs, more };
}
